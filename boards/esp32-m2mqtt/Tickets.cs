namespace Keyway.Boards.Esp32.M2Mqtt;

/// <summary>
/// The tickets of published messages, from the publish until the agent has taken the
/// acknowledgement. Not locked: M2MqttSession is.
/// </summary>
/// <remarks>
/// The client's message ids are 16 bits and come round; a ticket does not. So few messages are on
/// their way at once that two of them never have one id.
/// </remarks>
public sealed class Tickets
{
    private readonly int[] _tickets;
    private readonly int[] _messageIds;
    private readonly bool[] _acknowledged;
    private int _count;
    private int _last;

    /// <summary>Makes an empty table.</summary>
    /// <param name="capacity">How many tickets are out at most, acknowledged or not.</param>
    public Tickets(int capacity)
    {
        _tickets = new int[capacity];
        _messageIds = new int[capacity];
        _acknowledged = new bool[capacity];
    }

    /// <summary>True when no ticket can be given.</summary>
    public bool IsFull => _count == _tickets.Length;

    /// <summary>Gives a ticket; not when <see cref="IsFull"/>.</summary>
    /// <param name="messageId">The client's id of the message.</param>
    /// <returns>The ticket, above 0.</returns>
    public int Add(int messageId)
    {
        _last = _last == int.MaxValue ? 1 : _last + 1;
        _tickets[_count] = _last;
        _messageIds[_count] = messageId;
        _acknowledged[_count] = false;
        _count++;
        return _last;
    }

    /// <summary>Notes that the broker has a message; unknown ids are ignored.</summary>
    /// <param name="messageId">The client's id of the message.</param>
    public void Acknowledge(int messageId)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_messageIds[i] == messageId && !_acknowledged[i])
            {
                _acknowledged[i] = true;
                return;
            }
        }
    }

    /// <summary>Takes the oldest ticket whose message the broker has.</summary>
    /// <param name="ticket">The ticket; 0 when there is none.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTakeAcknowledged(out int ticket)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_acknowledged[i])
            {
                ticket = _tickets[i];
                Remove(i);
                return true;
            }
        }

        ticket = 0;
        return false;
    }

    /// <summary>Forgets every ticket whose message the broker has not acknowledged.</summary>
    public void ForgetPending()
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            if (!_acknowledged[i])
            {
                Remove(i);
            }
        }
    }

    private void Remove(int index)
    {
        _count--;
        for (int i = index; i < _count; i++)
        {
            _tickets[i] = _tickets[i + 1];
            _messageIds[i] = _messageIds[i + 1];
            _acknowledged[i] = _acknowledged[i + 1];
        }
    }
}
