namespace Keyway.Boards.Mqtt;

/// <summary>
/// The tickets of what MqttSession has published, from the publish until the agent has taken the
/// acknowledgement. A ticket is the identifier of the PUBLISH.
/// </summary>
/// <remarks>
/// A broker acknowledges in the order of publishing (MQTT 3.1.1, section 4.6), so that counts are
/// enough for as many as there are identifiers. A few may come out of order.
/// </remarks>
public sealed class SentTickets
{
    /// <summary>The identifier that is no ticket.</summary>
    public const int NoTicket = 0xFFFF;

    private const int Identifiers = NoTicket - 1;
    private const int OutOfOrderMax = 31;
    private int _oldest = 1;
    private int _acknowledged;
    private int _open;

    // Which of the open ones have been acknowledged before the oldest of them, by bit.
    private int _early;

    /// <summary>True when there is none to give.</summary>
    public bool IsFull => _acknowledged + _open == Identifiers;

    /// <summary>Gives a ticket, when not <see cref="IsFull"/>.</summary>
    public int Give()
    {
        _open++;
        return At(_acknowledged + _open - 1);
    }

    /// <summary>The broker has a message; an identifier that is not out is ignored.</summary>
    public void Acknowledge(int identifier)
    {
        int place = (identifier - At(_acknowledged) + Identifiers) % Identifiers;
        _early |= place < _open && place < OutOfOrderMax ? 1 << place : 0;
        while ((_early & 1) != 0)
        {
            _early >>= 1;
            _acknowledged++;
            _open--;
        }
    }

    /// <summary>Takes the oldest ticket, when it is acknowledged.</summary>
    /// <param name="ticket">0 when it is not.</param>
    public bool TryTake(out int ticket)
    {
        ticket = _acknowledged > 0 ? _oldest : 0;
        if (ticket == 0)
        {
            return false;
        }

        _oldest = At(1);
        _acknowledged--;
        return true;
    }

    /// <summary>The connection is gone: only what can be taken now stays out.</summary>
    public void Forget()
    {
        _open = 0;
        _early = 0;
    }

    private int At(int place) => (_oldest - 1 + place) % Identifiers + 1;
}
