// What happened, for whoever watches: numbered, never with digits. Door, CommandDesk and Agent call
// it; it writes into the outbox.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Writes events into the outbox.</summary>
public sealed class EventWriter
{
    private readonly Outbox _outbox;
    private readonly Topics _topics;
    private readonly IClock _clock;
    private readonly IRandom _random;
    private readonly JsonWriter _json = new(Limits.PublishBytes);
    private readonly byte[] _id = new byte[Uuid.SizeBytes];
    private long _sequence;

    /// <summary>Wires the writer.</summary>
    public EventWriter(Outbox outbox, Topics topics, IClock clock, IRandom random)
    {
        _outbox = outbox;
        _topics = topics;
        _clock = clock;
        _random = random;
    }

    /// <summary>Somebody entered a code.</summary>
    /// <param name="match">What came of it.</param>
    /// <param name="accessCodeId">Whose digits they were; not read when that is not sure.</param>
    public void Entry(CodeMatch match, byte[] accessCodeId)
    {
        Begin(match == CodeMatch.Opens ? "lock.unlocked" : "lock.access_denied");
        if (match == CodeMatch.Opens)
        {
            _json.Member("method", "keycode");
        }
        else
        {
            _json.Member("reason", ReasonOf(match));
        }

        if (match != CodeMatch.Unknown && match != CodeMatch.Damaged && match != CodeMatch.NotReady)
        {
            _json.Member("access_code_id", Uuid.ToText(accessCodeId, 0));
        }

        End();
    }

    /// <summary>A command came that cannot be answered, or must not be.</summary>
    /// <param name="topic">Where it came.</param>
    /// <param name="message">What was wrong with it.</param>
    public void CommandRefused(string topic, string message)
    {
        Begin("keyway.command_refused");
        _json.Member("topic", topic);
        _json.Member("message", message);
        End();
    }

    /// <summary>The storage is not as it should be.</summary>
    /// <param name="message">What is wrong, and what it means.</param>
    public void StorageTrouble(string message)
    {
        Begin("keyway.storage_trouble");
        _json.Member("message", message);
        End();
    }

    private static string ReasonOf(CodeMatch match) => match switch
    {
        CodeMatch.NotYet => "before_starts_at",
        CodeMatch.Ended => "after_ends_at",
        CodeMatch.ClockNotKnown => "clock_not_known",
        CodeMatch.Damaged => "code_damaged",
        CodeMatch.NotReady => "storage_not_ready",
        _ => "unknown_code",
    };

    private void Begin(string type)
    {
        Uuid.NewRandom(_random, _id, 0);
        _sequence++;
        _json.Reset();
        _json.BeginObject();
        _json.Member("event_id", Uuid.ToText(_id, 0));
        _json.Member("event_type", type);
        _json.Member("sequence", _sequence);
        _json.Member("occurred_at",
            _clock.TryGetUtc(out long utc) ? Iso8601.ToText(utc) : null);
    }

    private void End()
    {
        _json.EndObject();
        _outbox.AddEvent(_topics.Events, _json.ToArray());
    }
}
