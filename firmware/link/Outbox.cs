// Messages on their way to the broker, in order, each kept until the broker has acknowledged it.
// CommandDesk and EventWriter add, Link sends.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>A bounded queue of messages. When it is full the oldest event makes room.</summary>
public sealed class Outbox
{
    private const int NotSent = 0;
    private readonly string[] _topics = new string[Limits.Outbox];
    private readonly byte[][] _payloads = new byte[Limits.Outbox][];
    private readonly bool[] _retain = new bool[Limits.Outbox];
    private readonly bool[] _isEvent = new bool[Limits.Outbox];
    private readonly int[] _tickets = new int[Limits.Outbox];
    private int _sent;

    /// <summary>Messages that the broker has not acknowledged.</summary>
    public int Count { get; private set; }

    /// <summary>Events that were dropped for want of room.</summary>
    public int DroppedEvents { get; private set; }

    /// <summary>True when there is room for what one command may need.</summary>
    public bool HasRoomForCommand
    {
        get
        {
            int room = Limits.Outbox - Count;
            for (int i = _sent; i < Count && room < Limits.OutboxPerCommand; i++)
            {
                room += _isEvent[i] ? 1 : 0;
            }

            return room >= Limits.OutboxPerCommand;
        }
    }

    /// <summary>Adds an answer or a state, which is never dropped.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The outbox's from now on.</param>
    /// <param name="retain">The broker keeps it for later subscribers.</param>
    /// <returns>False when there is no room: ask <see cref="HasRoomForCommand"/> before.</returns>
    public bool Add(string topic, byte[] payload, bool retain) =>
        Put(topic, payload, retain, false);

    /// <summary>Adds an event. When there is no room the oldest unsent event is dropped, or
    /// this one.</summary>
    /// <param name="topic">The topic's name.</param>
    /// <param name="payload">The outbox's from now on.</param>
    public void AddEvent(string topic, byte[] payload)
    {
        if (!Put(topic, payload, false, true))
        {
            DroppedEvents++;
        }
    }

    /// <summary>Takes acknowledgements and sends what is next.</summary>
    /// <param name="session">Connected.</param>
    public void Step(IMqttSession session)
    {
        while (session.TryTakeAcknowledged(out int ticket))
        {
            int place = Array.IndexOf(_tickets, ticket);
            if (place >= 0 && place < _sent)
            {
                _sent--;
                Remove(place);
            }
        }

        if (_sent < Count && _sent < Limits.InFlight)
        {
            int ticket = session.Publish(_topics[_sent], _payloads[_sent], _retain[_sent]);
            if (ticket != NotSent)
            {
                _tickets[_sent] = ticket;
                _sent++;
            }
        }
    }

    /// <summary>The connection is gone: everything unacknowledged is sent again.</summary>
    public void Rewind()
    {
        _sent = 0;
        Array.Clear(_tickets, 0, _tickets.Length);
    }

    private bool Put(string topic, byte[] payload, bool retain, bool isEvent)
    {
        if (Count == Limits.Outbox && !DropOldestEvent())
        {
            return false;
        }

        _topics[Count] = topic;
        _payloads[Count] = payload;
        _retain[Count] = retain;
        _isEvent[Count] = isEvent;
        _tickets[Count] = NotSent;
        Count++;
        return true;
    }

    private bool DropOldestEvent()
    {
        for (int i = _sent; i < Count; i++)
        {
            if (_isEvent[i])
            {
                Remove(i);
                DroppedEvents++;
                return true;
            }
        }

        return false;
    }

    private void Remove(int place)
    {
        int behind = Count - place - 1;
        Array.Copy(_topics, place + 1, _topics, place, behind);
        Array.Copy(_payloads, place + 1, _payloads, place, behind);
        Array.Copy(_retain, place + 1, _retain, place, behind);
        Array.Copy(_isEvent, place + 1, _isEvent, place, behind);
        Array.Copy(_tickets, place + 1, _tickets, place, behind);
        Count--;
        _payloads[Count] = null;
        _tickets[Count] = NotSent;
    }
}
