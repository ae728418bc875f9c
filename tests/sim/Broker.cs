// The broker and the network before it: keeps commands while the lock is away, delays, repeats and
// reorders them, withholds acknowledgements. World steps it; it uses the other side of
// LoopbackSession.

using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>A broker that does what brokers are allowed to do.</summary>
public sealed class Broker
{
    private const int ShortMs = 200;
    private const int LongMs = 600_000;
    private const int AcknowledgeLongMs = 30_000;
    private readonly Chance _chance;
    private readonly VirtualClock _clock;
    private readonly Watch _watch;
    private readonly string _prefix;
    private readonly PriorityQueue<SentCommand, long> _coming = new();
    private readonly List<SentCommand> _waiting = [];
    private readonly Dictionary<int, (long DueMs, SentCommand? Answered)> _tickets = [];
    private int _lastTicket;

    public Broker(
        Chance chance, VirtualClock clock, LoopbackSession session, Watch watch, string prefix)
    {
        _chance = chance;
        _clock = clock;
        Session = session;
        _watch = watch;
        _prefix = prefix;
        session.AutoAcknowledge = false;
    }

    /// <summary>The connection as the broker sees it.</summary>
    public LoopbackSession Session { get; }

    /// <summary>Called with each message of the lock before it is judged.</summary>
    public Action<MqttMessage>? Heard { get; set; }

    /// <summary>When it has something to do; the far future while it has not.</summary>
    public long NextMs { get; private set; } = long.MaxValue;

    /// <summary>A sender publishes a command.</summary>
    public void Take(SentCommand command)
    {
        int copies = _chance.OneIn(12) ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            int delayMs = _chance.Below(_chance.OneIn(15) ? LongMs : ShortMs);
            _coming.Enqueue(command, _clock.Milliseconds + delayMs);
        }

        Plan();
    }

    /// <summary>Gives what is due.</summary>
    /// <returns>True when anything was.</returns>
    public bool Step()
    {
        if (_clock.Milliseconds < NextMs)
        {
            return false;
        }

        while (_coming.TryPeek(out SentCommand? command, out long dueMs)
            && dueMs <= _clock.Milliseconds)
        {
            _coming.Dequeue();
            _waiting.Insert(_chance.OneIn(4) ? 0 : _waiting.Count, command);
        }

        if (Session.State == MqttSessionState.Connected)
        {
            Deliver();
            Acknowledge();
        }

        Plan();
        return true;
    }

    /// <summary>Takes what the lock has published.</summary>
    /// <returns>True when it has.</returns>
    public bool Collect()
    {
        int count = Session.PublishedCount;
        for (int i = 0; i < count; i++)
        {
            MqttMessage message = Session.Published(i);
            Heard?.Invoke(message);
            SentCommand? command = _watch.Published.Look(message);
            if (command != null)
            {
                _watch.DoorCommands.Hear(command);
            }

            if (_lastTicket < Session.LastTicket)
            {
                _lastTicket++;
                int delayMs = _chance.Below(_chance.OneIn(30) ? AcknowledgeLongMs : ShortMs);
                _tickets[_lastTicket] = (_clock.Milliseconds + delayMs, command);
            }
        }

        Session.ClearPublished();
        if (count > 0)
        {
            Plan();
        }

        return count > 0;
    }

    /// <summary>The connection is lost; what was not acknowledged has arrived, or has not.
    /// </summary>
    public void Drop()
    {
        Session.DropConnection();
        foreach ((_, SentCommand? command) in _tickets.Values)
        {
            if (command != null && _chance.OneIn(2))
            {
                command.IsLearned = true;
            }
        }

        _tickets.Clear();
        Collect();
    }

    /// <summary>The lock has connected: what has waited goes out.</summary>
    public void Plan()
    {
        long nextMs = _coming.TryPeek(out _, out long dueMs) ? dueMs : long.MaxValue;
        if (Session.State == MqttSessionState.Connected)
        {
            nextMs = _waiting.Count > 0 ? _clock.Milliseconds : nextMs;
            foreach ((long ticketMs, _) in _tickets.Values)
            {
                nextMs = Math.Min(nextMs, ticketMs);
            }
        }

        NextMs = nextMs;
    }

    private void Deliver()
    {
        while (_waiting.Count > 0)
        {
            SentCommand command = _waiting[0];
            if (!Session.Deliver(_prefix + command.Word, command.ToBytes(),
                _chance.OneIn(60)))
            {
                return;
            }

            _waiting.RemoveAt(0);
            _watch.Ledger.Deliver(command);
            _watch.DoorCommands.Deliver(command);
        }
    }

    private void Acknowledge()
    {
        List<int> due =
        [
            .. _tickets.Where(ticket => ticket.Value.DueMs <= _clock.Milliseconds)
                .Select(ticket => ticket.Key),
        ];
        foreach (int ticket in due)
        {
            _tickets.Remove(ticket, out (long, SentCommand? Answered) acknowledged);
            Session.Acknowledge(ticket);
            if (acknowledged.Answered != null)
            {
                acknowledged.Answered.IsLearned = true;
            }
        }
    }
}
