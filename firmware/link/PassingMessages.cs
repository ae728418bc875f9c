// Messages that are kept in RAM only: refusals and states, which can be made again. Outbox owns it.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>A bounded queue of messages, in order, each kept until it is acknowledged.</summary>
public sealed class PassingMessages
{
    private readonly string[] _topics = new string[Limits.PassingMessages];
    private readonly byte[][] _payloads = new byte[Limits.PassingMessages][];
    private readonly bool[] _isState = new bool[Limits.PassingMessages];
    private readonly int[] _tickets = new int[Limits.PassingMessages];
    private int _sent;

    /// <summary>Messages that the broker has not acknowledged.</summary>
    public int Count { get; private set; }

    /// <summary>True when there is room for what one command may need.</summary>
    public bool HasRoom => Count < Limits.PassingMessages;

    /// <summary>Adds a message; ask <see cref="HasRoom"/> before.</summary>
    public void Add(string topic, byte[] payload) => Add(topic, payload, false);

    /// <summary>Adds a retained state, of which only the id is kept: it is written when it is sent,
    /// since it may change until then.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="id">Of what; kept.</param>
    public void AddState(string topic, byte[] id) => Add(topic, id, true);

    /// <summary>Of what the next message is the state; null when it is none.</summary>
    public byte[] NextState => _sent < Count && _isState[_sent] ? _payloads[_sent] : null;

    /// <summary>Sends the oldest that has not been sent.</summary>
    /// <param name="session">Connected.</param>
    /// <param name="state">Its payload where it is a state.</param>
    /// <returns>Its ticket; 0 when there is none, or the session does not take it.</returns>
    public int Send(IMqttSession session, byte[] state = null)
    {
        int ticket = 0;
        if (_sent < Count)
        {
            ticket = session.Publish(_topics[_sent],
                _isState[_sent] ? state : _payloads[_sent], _isState[_sent]);
            _tickets[_sent] = ticket;
            _sent += ticket != 0 ? 1 : 0;
        }

        return ticket;
    }

    /// <summary>The broker has a message.</summary>
    public void Acknowledge(int ticket)
    {
        int place = Array.IndexOf(_tickets, ticket);
        if (place < 0 || place >= _sent)
        {
            return;
        }

        // An answer may hold digits.
        Array.Clear(_payloads[place], 0, _payloads[place].Length);
        _sent--;
        Count--;
        int behind = Count - place;
        Array.Copy(_topics, place + 1, _topics, place, behind);
        Array.Copy(_payloads, place + 1, _payloads, place, behind);
        Array.Copy(_isState, place + 1, _isState, place, behind);
        Array.Copy(_tickets, place + 1, _tickets, place, behind);
        _payloads[Count] = null;
    }

    /// <summary>The connection is gone: all are sent again.</summary>
    public void Rewind() => _sent = 0;

    private void Add(string topic, byte[] payload, bool isState)
    {
        if (Count < Limits.PassingMessages)
        {
            _topics[Count] = topic;
            _payloads[Count] = payload;
            _isState[Count] = isState;
            _tickets[Count] = 0;
            Count++;
        }
    }
}
