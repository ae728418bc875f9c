// Messages that are kept in RAM only: refusals and states, which can be made again. Outbox owns it.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>A bounded queue of messages, in order, each kept until it is acknowledged.</summary>
public sealed class PassingMessages
{
    private readonly string[] _topics = new string[Limits.PassingMessages];
    private readonly byte[][] _payloads = new byte[Limits.PassingMessages][];
    private readonly bool[] _retain = new bool[Limits.PassingMessages];
    private readonly int[] _tickets = new int[Limits.PassingMessages];
    private int _sent;

    /// <summary>Messages that the broker has not acknowledged.</summary>
    public int Count { get; private set; }

    /// <summary>True when there is room for what one command may need.</summary>
    public bool HasRoom => Count < Limits.PassingMessages;

    /// <summary>Adds a message; ask <see cref="HasRoom"/> before.</summary>
    public void Add(string topic, byte[] payload, bool retain)
    {
        if (Count < Limits.PassingMessages)
        {
            _topics[Count] = topic;
            _payloads[Count] = payload;
            _retain[Count] = retain;
            _tickets[Count] = 0;
            Count++;
        }
    }

    /// <summary>Sends the oldest that has not been sent.</summary>
    /// <returns>Its ticket; 0 when there is none, or the session does not take it.</returns>
    public int Send(IMqttSession session)
    {
        int ticket = 0;
        if (_sent < Count)
        {
            ticket = session.Publish(_topics[_sent], _payloads[_sent], _retain[_sent]);
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
        Array.Copy(_retain, place + 1, _retain, place, behind);
        Array.Copy(_tickets, place + 1, _tickets, place, behind);
        _payloads[Count] = null;
    }

    /// <summary>The connection is gone: all are sent again.</summary>
    public void Rewind() => _sent = 0;
}
