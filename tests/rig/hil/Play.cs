// One scenario while it runs: what was sent, what was seen and how far it has been looked at. The
// steps call it; it acts on the lock through its bench.

namespace Keyway.Tests.Rig;

/// <summary>The state of a running scenario.</summary>
internal sealed class Play(ILockBench bench)
{
    // The virtual lock's feedback is exact to 1 ms; on wires it does not matter.
    private const int LookMs = 1;
    private const long ResendMs = 1000;
    private readonly Dictionary<string, SentCommand> _commands = new(StringComparer.Ordinal);
    private readonly List<Timing> _timings = [];
    private int _strikesSeen;
    private int _eventsSeen;
    private long _stimulusMs;
    private TimingKind _stimulus = TimingKind.StrikeAfterCommand;
    private long _energizedMs;

    /// <summary>The lock and its surroundings.</summary>
    public ILockBench Bench { get; } = bench;

    /// <summary>The line of the step that runs.</summary>
    public long Line { get; set; }

    /// <summary>What was measured.</summary>
    public IReadOnlyList<Timing> Timings => _timings;

    /// <summary>Sends a command.</summary>
    public Task SendAsync(string name, string topic, PayloadMember[] members)
    {
        string id = Guid.NewGuid().ToString();
        byte[] payload = Payload.Write(members, id, Bench.DeviceId, text =>
            Placeholder.Resolve(text, Bench.UtcNow, known => _commands[known].AccessCodeId));
        var command = new SentCommand(id, topic, payload);
        _commands.Add(name, command);
        return PublishAsync(command);
    }

    /// <summary>Sends a command's bytes again.</summary>
    public Task RepeatAsync(string name) => PublishAsync(_commands[name]);

    /// <summary>Waits for a command's answer, and sends it again each second, as every sender
    /// must.</summary>
    public async Task ExpectAnswerAsync(ExpectAttemptStep step, CancellationToken cancel)
    {
        SentCommand command = _commands[step.Name];
        long deadline = command.SentMs + step.WithinMs;
        for (long resend = command.SentMs + ResendMs; ; resend += ResendMs)
        {
            Sighting? answer = await FindAsync(command.SeenFrom, IsAnswerTo(command.Id),
                Math.Min(resend, deadline), cancel);
            if (answer != null)
            {
                Measure(TimingKind.Answer, answer.AtMs - command.SentMs, step.WithinMs);
                Judge(step, command, answer.Message!);
                return;
            }

            if (resend >= deadline)
            {
                throw new UnmetException(
                    $"no answer to {step.Name} within {Duration.Write(step.WithinMs)}");
            }

            await Bench.PublishAsync(command.Topic, command.Payload);
        }
    }

    /// <summary>Waits for an event.</summary>
    public async Task ExpectEventAsync(string type, long withinMs, CancellationToken cancel)
    {
        int index = await IndexAsync(_eventsSeen, seen => seen.Message is { Topic: "events" } told
            && told.Text("event_type") == type, Bench.Milliseconds + withinMs, cancel);
        if (index < 0)
        {
            throw new UnmetException(
                $"no event {type} within {Duration.Write(withinMs)}; seen: {EventsSeen()}");
        }

        _eventsSeen = index + 1;
    }

    /// <summary>Presses keys.</summary>
    public async Task PressAsync(PressStep step, CancellationToken cancel)
    {
        foreach (char key in step.Keys)
        {
            _stimulusMs = await Bench.PressAsync(key, step.HoldMs, cancel);
            await Bench.PassAsync(step.GapMs, cancel);
        }

        _stimulus = TimingKind.StrikeAfterKey;
    }

    /// <summary>Waits for the strike to be energized.</summary>
    public async Task ExpectEnergizedAsync(long withinMs, CancellationToken cancel)
    {
        Sighting edge = await NextEdgeAsync(true, _stimulusMs + withinMs, cancel)
            ?? throw new UnmetException(
                $"the strike was not energized within {Duration.Write(withinMs)}");
        _energizedMs = edge.AtMs;
        Measure(_stimulus, edge.AtMs - _stimulusMs, withinMs);
    }

    /// <summary>Waits for the strike to be released.</summary>
    public async Task ExpectReleasedAsync(long withinMs, CancellationToken cancel)
    {
        Sighting edge = await NextEdgeAsync(false, _energizedMs + withinMs, cancel)
            ?? throw new UnmetException(
                $"the strike was not released within {Duration.Write(withinMs)}");
        Measure(TimingKind.Pulse, edge.AtMs - _energizedMs, withinMs);
    }

    /// <summary>Waits, and the strike must not be energized.</summary>
    public async Task ExpectStillAsync(long withinMs, CancellationToken cancel)
    {
        if (await NextEdgeAsync(true, _stimulusMs + withinMs, cancel) is { } edge)
        {
            throw new UnmetException($"the strike was energized {edge.AtMs - _stimulusMs} ms "
                + "after the last key or command");
        }
    }

    /// <summary>Cuts the power, gives it back, waits for the birth message.</summary>
    public async Task CutPowerAsync(long ms, long withinMs, CancellationToken cancel)
    {
        await Bench.SetPowerAsync(false, cancel);
        await Bench.PassAsync(ms, cancel);
        int from = Bench.SeenCount;
        long atMs = await Bench.SetPowerAsync(true, cancel);
        Sighting online = await FindAsync(from, IsOnline, atMs + withinMs, cancel)
            ?? throw new UnmetException(
                $"the lock was not online within {Duration.Write(withinMs)}");
        Measure(TimingKind.Online, online.AtMs - atMs, withinMs);
    }

    /// <summary>At the end: the strike must not have moved where no step expected it.</summary>
    public void End()
    {
        for (; _strikesSeen < Bench.SeenCount; _strikesSeen++)
        {
            if (Bench.Seen(_strikesSeen) is { Message: null, IsEnergized: true } edge)
            {
                throw new UnmetException("the strike was energized, which no step expects, "
                    + $"at {edge.AtMs} ms");
            }
        }
    }

    /// <summary>Deletes what the scenario has created: a flashed lock is used again.</summary>
    public async Task CleanUpAsync(CancellationToken cancel)
    {
        foreach (SentCommand create in _commands.Values.ToArray())
        {
            if (create.Topic == "access_codes/create")
            {
                string id = Guid.NewGuid().ToString();
                PayloadMember[] members = [new("access_code_id", create.AccessCodeId)];
                var delete = new SentCommand(id, "access_codes/delete",
                    Payload.Write(members, id, Bench.DeviceId, text => text));
                await PublishAsync(delete);
                await FindAsync(delete.SeenFrom, IsAnswerTo(id), delete.SentMs + ResendMs, cancel);
            }
        }
    }

    /// <summary>True for a birth message.</summary>
    public static bool IsOnline(Sighting seen) =>
        seen.Message is { Topic: "status" } status && status.Text("online") == "True";

    private static Func<Sighting, bool> IsAnswerTo(string id) => seen =>
        seen.Message is { Topic: "action_attempts" } told && told.Text("action_attempt_id") == id;

    private static void Judge(ExpectAttemptStep step, SentCommand command, LockMessage answer)
    {
        string? error = answer.Text("status") == "error"
            ? answer.Root.GetProperty("error").GetProperty("type").GetString() : null;
        if (answer.Text("status") != step.Status || (step.Error != null && step.Error != error))
        {
            throw new UnmetException($"the answer to {step.Name} is {answer.Json}");
        }

        if (command.Answer != null && command.Answer != answer.Json)
        {
            throw new UnmetException($"the answer to {step.Name} has become another: "
                + $"{command.Answer}, then {answer.Json}");
        }

        command.Take(answer);
    }

    private async Task PublishAsync(SentCommand command)
    {
        command.SeenFrom = Bench.SeenCount;
        command.SentMs = Bench.Milliseconds;
        _stimulusMs = command.SentMs;
        _stimulus = TimingKind.StrikeAfterCommand;
        await Bench.PublishAsync(command.Topic, command.Payload);
    }

    // An edge that is not the expected one is passed over only when it is a release.
    private async Task<Sighting?> NextEdgeAsync(
        bool isEnergized, long deadline, CancellationToken cancel)
    {
        int index = await IndexAsync(_strikesSeen, seen => seen.Message == null
            && (seen.IsEnergized || !isEnergized), deadline, cancel);
        if (index < 0 || Bench.Seen(index).AtMs > deadline)
        {
            return null;
        }

        _strikesSeen = index + 1;
        return Bench.Seen(index).IsEnergized == isEnergized
            ? Bench.Seen(index)
            : throw new UnmetException("the strike was energized again");
    }

    private async Task<Sighting?> FindAsync(
        int from, Func<Sighting, bool> accept, long deadline, CancellationToken cancel)
    {
        int index = await IndexAsync(from, accept, deadline, cancel);
        return index < 0 ? null : Bench.Seen(index);
    }

    private async Task<int> IndexAsync(
        int from, Func<Sighting, bool> accept, long deadline, CancellationToken cancel)
    {
        while (true)
        {
            bool isLast = Bench.Milliseconds >= deadline;
            for (; from < Bench.SeenCount; from++)
            {
                if (accept(Bench.Seen(from)))
                {
                    return from;
                }
            }

            if (isLast)
            {
                return -1;
            }

            await Bench.PassAsync(LookMs, cancel);
        }
    }

    private string EventsSeen()
    {
        string[] types = [.. Enumerable.Range(_eventsSeen, Bench.SeenCount - _eventsSeen)
            .Select(Bench.Seen).Where(seen => seen.Message?.Topic == "events")
            .Select(seen => seen.Message!.Text("event_type"))];
        return types.Length == 0 ? "none" : string.Join(", ", types);
    }

    private void Measure(TimingKind kind, long ms, long withinMs) =>
        _timings.Add(new Timing(kind, Line, ms, withinMs));
}
