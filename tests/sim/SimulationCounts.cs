using System.Globalization;

namespace Keyway.Tests.Sim;

/// <summary>What happened in all worlds together.</summary>
public sealed class SimulationCounts
{
    private long _steps;
    private long _starts;
    private long _answers;
    private long _entries;
    private long _opened;
    private long _programmed;
    private long _told;
    private long _messages;

    /// <summary>Worlds that were run.</summary>
    public int Worlds { get; private set; }

    public void Add(World world)
    {
        Worlds++;
        _steps += world.Steps;
        _starts += world.Starts;
        _answers += world.Watch.Ledger.Answered;
        _entries += world.Watch.Entries.Shown;
        _opened += world.Watch.Entries.Opened;
        _programmed += world.Watch.Entries.Programmed;
        _told += world.Watch.Ledger.Questions.Heard;
        _messages += world.Watch.Published.Count;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Worlds} worlds, {_steps} steps, {_starts} starts, {_answers} commands answered, "
        + $"{_told} questions, {_entries} entries of which {_opened} opened and {_programmed} "
        + $"changed codes, {_messages} messages");
}
