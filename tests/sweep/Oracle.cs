// Compares what a life has loaded with the model, and decides what was in flight. StorageRun calls
// it after each recovery.

using Keyway.Firmware;
using static Keyway.Tests.Sweep.StorageViolation;

namespace Keyway.Tests.Sweep;

/// <summary>The judge of what is on flash.</summary>
public sealed class Oracle(StorageModel model)
{
    private readonly AccessCode _expected = new();
    private readonly AccessCode _found = new();
    private readonly AccessCode _answer = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private Pending? _last;

    /// <summary>Mutations that were in flight in a cut and are there.</summary>
    public int Kept { get; private set; }

    /// <summary>Mutations that were in flight in a cut and are not there.</summary>
    public int Lost { get; private set; }

    /// <summary>Judges a life that has loaded; decides what was in flight.</summary>
    /// <exception cref="StorageViolation">It breaks a promise.</exception>
    public void Judge(StorageLife life)
    {
        if (model.InFlight != null)
        {
            _last = model.InFlight;
            bool isKept = IsThere(life, _last);
            Kept += isKept ? 1 : 0;
            Lost += isKept ? 0 : 1;
            model.End(isKept);
        }

        JudgeAnswers(life);
        JudgeCodes(life);
        JudgeState(life);
        JudgeEvents(life);
    }

    /// <summary>True when an answer is there; throws when it is another one.</summary>
    public bool HasAnswer(StorageLife life, StoredAnswer answer, uint serial)
    {
        StorageStatus status = life.Attempts.Find(answer.Attempt.Id, _answer, out bool isFound);
        Require(status == StorageStatus.Ok, ViolationKind.Lost, $"{answer.Attempt}: {status}");
        Require(!isFound || answer.IsIn(_answer.Bytes, serial), KindFor(answer.Attempt, answer.Code,
            ViolationKind.Lost), $"the answer of {answer.Attempt} is another one: "
            + $"{(FrameType)_answer.Bytes[Frame.Type]} {_answer.Serial}");
        return isFound;
    }

    private bool IsThere(StorageLife life, Pending pending)
    {
        switch (pending.Operation.Kind)
        {
            case OperationKind.MarkUsed:
                int slot = life.SlotOf(StoredCode.IdOf(pending.Code), _found);
                return slot >= 0 && life.Book.IsUsed(_found);
            case OperationKind.Event:
                return life.Events.LocationOf(model.NextEvent) != 0;
            case OperationKind.State:
                return SavedState.Of(life.State) == pending.State;
            default:
                var answer = new StoredAnswer(pending.Operation, pending.Code);
                return HasAnswer(life, answer, model.NextSerial);
        }
    }

    // What concerns the mutation that was in flight last is neither old nor new, or not stable.
    private ViolationKind KindFor(Operation operation, int code, ViolationKind otherwise) =>
        _last != null && (_last.Operation.Number == operation.Number || _last.Code == code)
            ? ViolationKind.Neither : otherwise;

    private ViolationKind KindFor(OperationKind kind, ViolationKind otherwise) =>
        _last != null && _last.Operation.Kind == kind ? ViolationKind.Neither : otherwise;

    private void JudgeAnswers(StorageLife life)
    {
        Require(life.Attempts.Window.Next == model.NextSerial,
            life.Attempts.Window.Next < model.NextSerial ? ViolationKind.Lost : ViolationKind.Ghost,
            $"the next serial is {life.Attempts.Window.Next} and not {model.NextSerial}");
        for (uint serial = model.FirstSerial; serial < model.NextSerial; serial++)
        {
            StoredAnswer answer = model.Answers[(int)serial - 1];
            Require(HasAnswer(life, answer, serial),
                KindFor(answer.Attempt, -2, ViolationKind.Lost),
                $"the answer of {answer.Attempt}, serial {serial}");
        }

        foreach (Operation dropped in model.Dropped)
        {
            StorageStatus status = life.Attempts.Find(dropped.Id, _answer, out bool isFound);
            Require(status == StorageStatus.Ok && !isFound,
                KindFor(dropped, -2, ViolationKind.Ghost), $"the answer of {dropped}: {status}");
        }
    }

    private void JudgeCodes(StorageLife life)
    {
        foreach (StoredCode code in model.Codes)
        {
            JudgeCode(life, code);
        }

        int placed = 0;
        for (int slot = 0; slot < life.Book.Capacity; slot++)
        {
            placed += life.Book.Slots.LocationOf(slot) != 0 ? 1 : 0;
        }

        Require(life.Book.Count == model.Codes.Count && placed == model.Codes.Count,
            ViolationKind.Ghost,
            $"{life.Book.Count} codes in {placed} slots and not {model.Codes.Count}");
        Require(life.Loader.LostCodes == 0, ViolationKind.Lost,
            $"{life.Loader.LostCodes} codes reported lost");
        foreach ((int code, long until) in model.Deleted.TakeLast(model.Remembered))
        {
            byte[] id = StoredCode.IdOf(code);
            ViolationKind kind = _last?.Code == code ? ViolationKind.Neither : ViolationKind.Ghost;
            Require(life.SlotOf(id, _found) < 0, kind, $"deleted code {code} is there");
            Require(until <= model.Utc || life.Tombstones.Contains(id, 0), kind,
                $"the id of deleted code {code} is not refused");
        }
    }

    private void JudgeCode(StorageLife life, StoredCode code)
    {
        ViolationKind kind = _last?.Code == code.Number
            ? ViolationKind.Neither : ViolationKind.Lost;
        string name = $"code {code.Number}.{code.Version}";
        int slot = life.SlotOf(code.Id, _found);
        Require(slot >= 0, kind, name);
        code.Fill(_expected, life.DeviceSecret, _found.Serial);
        Require(_found.Slot == slot, kind, $"{name} says another slot");
        bool isSame = _found.HasContentOf(_expected) && _found.CreatedAt == _expected.CreatedAt
            && Uuid.AreEqual(_found.Bytes, Frame.AttemptId, _expected.Bytes, Frame.AttemptId);
        Require(isSame, kind, $"{name} reads back as something else");
        Require(life.Book.IsUsed(_found) == code.IsUsed,
            kind == ViolationKind.Neither ? kind
                : code.IsUsed ? ViolationKind.Lost : ViolationKind.Ghost,
            $"{name} is used: {life.Book.IsUsed(_found)}");
        var opened = new AccessCode();
        CodeMatch match = life.Book.Match(
            code.Digits, code.Digits.Length, new Moment().Set(true, model.Utc, 0), opened);
        Require(match == CodeMatch.Opens && opened.Slot == slot, kind, $"{name}: {match}");
        Require(!life.Tombstones.Contains(code.Id, 0), ViolationKind.Ghost,
            $"the id of {name} is refused");
    }

    private void JudgeState(StorageLife life)
    {
        var state = SavedState.Of(life.State);
        Require(state == model.State, KindFor(OperationKind.State, ViolationKind.Lost),
            $"the state is {state} and not {model.State}");
    }

    private void JudgeEvents(StorageLife life)
    {
        FrameWindow events = life.Events;
        ViolationKind kind = KindFor(OperationKind.Event, ViolationKind.Lost);
        Require(events.Next == model.NextEvent, kind,
            $"the next event is {events.Next} and not {model.NextEvent}");
        Require(events.Floor == model.State.AcknowledgedEvents, kind,
            $"events are acknowledged up to {events.Floor} and not {model.State}");
        for (uint sequence = events.First; sequence < model.NextEvent; sequence++)
        {
            int location = events.LocationOf(sequence);
            if (location == 0 && sequence <= model.AcknowledgedEver)
            {
                continue;
            }

            byte[] id = new Operation(
                OperationKind.Event, model.Events[(int)sequence - 1], 0).Id;
            Require(location != 0
                && life.Log.Read(location, _frame, 1) == StorageStatus.Ok
                && Frame.GetUInt32(_frame, Frame.Serial) == sequence
                && Uuid.AreEqual(_frame, Frame.AttemptId, id, 0), kind, $"event {sequence}");
        }
    }
}
