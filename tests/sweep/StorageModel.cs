// What the storage must hold: a plain model. StorageRun tells it what was asked and what was
// acknowledged; Oracle compares a loaded life with it.

using Keyway.Firmware;

namespace Keyway.Tests.Sweep;

/// <summary>Codes, answers, deleted ids, events and state, as plain lists.</summary>
/// <remarks>
/// A mutation is acknowledged (must be there), in flight (may be there, and what is seen first
/// holds), or dropped (must never be there).
/// </remarks>
public sealed class StorageModel
{
    /// <summary>The time of the workload's beginning.</summary>
    public const long Epoch = 1_800_000_000;

    /// <summary>So many operations long a deleted id is refused.</summary>
    public const int TombstoneSeconds = 60;

    /// <summary>The codes, in no order.</summary>
    public List<StoredCode> Codes { get; private set; } = [];

    /// <summary>Every answer; the first has serial 1.</summary>
    public List<StoredAnswer> Answers { get; private set; } = [];

    /// <summary>Deleted codes and until when they are refused.</summary>
    public List<(int Code, long Until)> Deleted { get; private set; } = [];

    /// <summary>Every event's operation; the first has sequence 1.</summary>
    public List<int> Events { get; private set; } = [];

    /// <summary>Commands that were in flight and were not there afterwards.</summary>
    public List<Operation> Dropped { get; private set; } = [];

    /// <summary>The state as it was saved last.</summary>
    public SavedState State { get; private set; } = new(0, 0, 0);

    /// <summary>Events up to here were acknowledged, though perhaps never saved as such.</summary>
    public uint AcknowledgedEver { get; set; }

    /// <summary>What is in flight.</summary>
    public Pending? InFlight { get; private set; }

    /// <summary>The time: a second an operation.</summary>
    public long Utc { get; set; } = Epoch;

    /// <summary>The serial of the next answer.</summary>
    public uint NextSerial => (uint)Answers.Count + 1;

    /// <summary>The lowest serial whose answer is remembered.</summary>
    public uint FirstSerial =>
        NextSerial > Remembered ? NextSerial - (uint)Remembered : 1;

    /// <summary>So many answers and deleted ids are remembered.</summary>
    public int Remembered { get; init; } = Limits.RememberedMin;

    /// <summary>The sequence of the next event.</summary>
    public uint NextEvent => (uint)Events.Count + 1;

    /// <summary>A copy that changes independently.</summary>
    public StorageModel Clone() => new()
    {
        Codes = [.. Codes],
        Answers = [.. Answers],
        Deleted = [.. Deleted],
        Events = [.. Events],
        Dropped = [.. Dropped],
        State = State,
        AcknowledgedEver = AcknowledgedEver,
        Utc = Utc,
        Remembered = Remembered,
    };

    /// <summary>A mutation is about to be stored.</summary>
    public void Begin(Pending pending)
    {
        InFlight = pending;
        Dropped.RemoveAll(dropped => dropped.Number == pending.Operation.Number);
    }

    /// <summary>It was stored, or it was not and never may be.</summary>
    public void End(bool isStored)
    {
        Pending pending = InFlight!;
        InFlight = null;
        if (isStored)
        {
            Apply(pending);
        }
        else if (IsCommand(pending.Operation.Kind))
        {
            Dropped.Add(pending.Operation);
        }
    }

    /// <summary>True for operations that have an answer.</summary>
    public static bool IsCommand(OperationKind kind) => kind is OperationKind.Create
        or OperationKind.Refuse or OperationKind.Update or OperationKind.Delete;

    private void Apply(Pending pending)
    {
        Operation operation = pending.Operation;
        int number = operation.Number;
        int place = Codes.FindIndex(code => code.Number == pending.Code);
        switch (operation.Kind)
        {
            case OperationKind.Create:
                Codes.Add(new StoredCode(number, number, false));
                break;
            case OperationKind.Update:
                Codes[place] = new StoredCode(pending.Code, number, false);
                break;
            case OperationKind.Delete:
                Codes.RemoveAt(place);
                Deleted.Add((pending.Code, Utc + TombstoneSeconds));
                break;
            case OperationKind.MarkUsed:
                Codes[place] = Codes[place] with { IsUsed = true };
                break;
            case OperationKind.Event:
                Events.Add(number);
                break;
            case OperationKind.State:
                State = pending.State;
                break;
        }

        if (IsCommand(operation.Kind))
        {
            Answers.Add(new StoredAnswer(operation, pending.Code));
        }
    }
}
