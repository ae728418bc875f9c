// Does the operations of a workload, as the agent's classes do, and tells the model. StorageRun
// and AgedImages call it; it calls a StorageLife.

using Keyway.Firmware;
using static Keyway.Tests.Sweep.StorageViolation;

namespace Keyway.Tests.Sweep;

/// <summary>Does operations over one life after another.</summary>
/// <param name="model">Learns what was begun and what was acknowledged.</param>
/// <param name="oracle">Judges answers.</param>
public sealed class Performer(StorageModel model, Oracle oracle)
{
    private const int EventsMax = 24;
    private const int IdleSlicesMax = 40;
    private const int None = -1;
    private readonly AccessCode _code = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];

    /// <summary>The life; another after each power cut.</summary>
    public StorageLife Life { get; set; } = null!;

    /// <summary>No attempts are made when so many are remembered, while the window grows.</summary>
    public int AttemptsMax { get; set; } = int.MaxValue;

    /// <summary>Appends done.</summary>
    public int Appends { get; private set; }

    /// <summary>Does an operation, or another where it has nothing to work on.</summary>
    /// <exception cref="StorageViolation">It does not end as it must.</exception>
    public void Do(Operation wanted)
    {
        model.Utc++;
        Operation operation = wanted with { Kind = Possible(wanted.Kind) };
        switch (operation.Kind)
        {
            case OperationKind.Idle:
                for (int i = 0; i <= operation.Choice % IdleSlicesMax; i++)
                {
                    Life.Idle(model.Utc);
                }

                break;
            case OperationKind.DeadErase:
                Life.Wire.DeadErases = 1;
                break;
            case OperationKind.Acknowledge:
                Acknowledge(operation.Choice);
                break;
            case OperationKind.Repeat:
                Repeat(operation);
                break;
            default:
                Mutate(new Pending(operation, Target(operation), Change(operation)));
                break;
        }
    }

    /// <summary>A command that was in flight in a power cut comes again.</summary>
    public void Again(Pending pending)
    {
        int serial = model.Answers.FindIndex(
            answer => answer.Attempt.Number == pending.Operation.Number);
        if (serial >= 0)
        {
            RequireAnswer((uint)serial + 1);
        }
        else if (HasRoom(pending.Operation.Kind))
        {
            Mutate(pending);
        }
    }

    private void Mutate(Pending pending)
    {
        Life.IdleUntilReady(model.Utc);
        if (StorageModel.IsCommand(pending.Operation.Kind))
        {
            bool isThere = oracle.HasAnswer(Life, new StoredAnswer(pending.Operation, pending.Code),
                model.NextSerial);
            Require(!isThere, ViolationKind.Ghost, $"the answer of {pending.Operation}");
        }

        model.Begin(pending);
        StorageStatus status = Append(pending);
        Require(status == StorageStatus.Ok, ViolationKind.Lost,
            $"{pending.Operation} ends with {status}");
        Appends++;
        model.End(true);
    }

    private StorageStatus Append(Pending pending) => pending.Operation.Kind switch
    {
        OperationKind.Create or OperationKind.Update => Store(pending),
        OperationKind.Delete => Delete(pending),
        OperationKind.Refuse => Refuse(pending),
        OperationKind.MarkUsed => Life.Book.MarkUsed(SlotOf(pending.Code), model.Utc),
        OperationKind.Event => Note(pending.Operation),
        _ => Life.State.Save(),
    };

    private StorageStatus Store(Pending pending)
    {
        int number = pending.Operation.Number;
        bool isNew = pending.Operation.Kind == OperationKind.Create;
        int slot = isNew ? None : SlotOf(pending.Code);
        new StoredCode(pending.Code, number, false)
            .Fill(_code, Life.DeviceSecret, Life.Attempts.Window.Next);
        _code.Slot = isNew ? 0 : slot;
        StorageStatus status = isNew ? Life.Book.Add(_code, out int location)
            : Life.Book.Replace(_code, out location);
        if (status == StorageStatus.Ok)
        {
            Life.Attempts.Add(_code.Bytes, location);
        }

        return status;
    }

    private StorageStatus Delete(Pending pending)
    {
        int slot = SlotOf(pending.Code);
        FillAnswer(pending, (uint)(model.Utc + StorageModel.TombstoneSeconds));
        StorageStatus status = Life.Book.Remove(slot, _frame, out int location);
        if (status == StorageStatus.Ok)
        {
            Life.Attempts.Add(_frame, location);
        }

        return status;
    }

    private StorageStatus Refuse(Pending pending)
    {
        FillAnswer(pending, 0);
        StorageStatus status = Life.Log.Append(_frame, 1, out int location);
        if (status == StorageStatus.Ok)
        {
            Life.Attempts.Add(_frame, location);
        }

        return status;
    }

    private StorageStatus Note(Operation operation)
    {
        Array.Clear(_frame);
        _frame[Frame.Type] = (byte)FrameType.Event;
        Frame.PutUInt16(_frame, Frame.Slot, SectorIndex.NoSlot);
        operation.Id.CopyTo(_frame, Frame.AttemptId);
        Frame.PutUInt32(_frame, Frame.Serial, Life.Events.Next);
        StorageStatus status = Life.Log.Append(_frame, 1, out int location);
        if (status == StorageStatus.Ok)
        {
            Life.Events.Add(_frame, location);
        }

        return status;
    }

    private void FillAnswer(Pending pending, uint keptUntil) =>
        new StoredAnswer(pending.Operation, pending.Code)
            .Fill(_frame, Life.Attempts.Window.Next, keptUntil);

    private int SlotOf(int code)
    {
        int slot = Life.SlotOf(StoredCode.IdOf(code), _code);
        Require(slot >= 0, ViolationKind.Lost, $"code {code}");
        return slot;
    }

    private void Acknowledge(int choice)
    {
        FrameWindow events = Life.Events;
        uint waiting = events.Next - 1 - events.Floor;
        if (waiting > 0)
        {
            uint upTo = events.Floor + 1 + (uint)choice % waiting;
            Life.State.AcknowledgedEvents = upTo;
            events.RaiseFloor(upTo);
            model.AcknowledgedEver = Math.Max(model.AcknowledgedEver, upTo);
        }
    }

    private void Repeat(Operation operation)
    {
        uint answers = model.NextSerial - model.FirstSerial;
        if (answers > 0)
        {
            RequireAnswer(model.FirstSerial + (uint)operation.Choice % answers);
        }
    }

    private void RequireAnswer(uint serial)
    {
        StoredAnswer answer = model.Answers[(int)serial - 1];
        Require(serial < model.FirstSerial || oracle.HasAnswer(Life, answer, serial),
            ViolationKind.Lost, $"the answer of {answer.Attempt}, asked again");
    }

    private SavedState Change(Operation operation)
    {
        if (operation.Kind == OperationKind.State)
        {
            Life.State.WrongEntries = (uint)operation.Choice;
            Life.State.LatestUtc = (uint)model.Utc;
        }

        return SavedState.Of(Life.State);
    }

    private int Target(Operation operation) => operation.Kind switch
    {
        OperationKind.Create => operation.Number,
        OperationKind.Refuse => operation.Number,
        OperationKind.Update or OperationKind.Delete or OperationKind.MarkUsed =>
            model.Codes[operation.Choice % model.Codes.Count].Number,
        _ => None,
    };

    private OperationKind Possible(OperationKind wanted)
    {
        OperationKind kind = wanted;
        bool hasCodes = model.Codes.Count > 0;
        if (!hasCodes && kind is (OperationKind.Update or OperationKind.Delete
            or OperationKind.MarkUsed))
        {
            kind = OperationKind.Create;
        }

        if (StorageModel.IsCommand(kind) && !HasRoom(kind))
        {
            kind = hasCodes ? OperationKind.MarkUsed : OperationKind.Event;
        }

        bool isFull = kind == OperationKind.Event && Life.Events.Count >= EventsMax;
        return isFull ? OperationKind.Acknowledge : kind;
    }

    private bool HasRoom(OperationKind kind)
    {
        int attempts = Life.Attempts.Window.Count;
        bool hasRoom = attempts == model.Remembered
            || (attempts < AttemptsMax && Life.LiveFrames + Limits.RoomForCode
                < Life.Log.LiveFramesMax);
        return hasRoom && (kind != OperationKind.Create
            || (Life.Book.Count < Life.Book.Capacity && Life.Room.HasRoomForCode));
    }
}
