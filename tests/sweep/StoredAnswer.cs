using Keyway.Firmware;

namespace Keyway.Tests.Sweep;

/// <summary>The answer of an action attempt as the model knows it.</summary>
/// <param name="Attempt">The operation.</param>
/// <param name="Code">The number of the access code that it was about.</param>
public sealed record StoredAnswer(Operation Attempt, int Code)
{
    private const int CodeAnswerBytes = Frame.Serial - Frame.StartsAt;

    /// <summary>Fills in the frame of an attempt that wrote no code.</summary>
    /// <param name="frame">64 bytes.</param>
    /// <param name="serial">The attempt's number.</param>
    /// <param name="keptUntil">Of a tombstone: for how long its id is refused.</param>
    public void Fill(byte[] frame, uint serial, uint keptUntil)
    {
        bool isDelete = Attempt.Kind == OperationKind.Delete;
        Array.Clear(frame);
        Attempt.Id.CopyTo(frame, Frame.AttemptId);
        StoredCode.IdOf(Code).CopyTo(frame, Frame.AccessCodeId);
        frame[Frame.Type] = (byte)(isDelete ? FrameType.Tombstone : FrameType.Attempt);
        frame[Frame.Error] = (byte)(isDelete ? Refusal.None : Refusal.DigitsTaken);
        frame[Frame.Action] = (byte)Attempt.Kind;
        Frame.PutUInt32(frame, Frame.Detail, keptUntil);
        Frame.PutUInt32(frame, Frame.Detail + 4, (uint)Attempt.Number);
        Frame.PutUInt16(frame, Frame.Slot, SectorIndex.NoSlot);
        Frame.PutUInt32(frame, Frame.Serial, serial);
    }

    /// <summary>True when a frame gives this answer.</summary>
    public bool IsIn(byte[] frame, uint serial)
    {
        var type = (FrameType)frame[Frame.Type];
        bool isAbout = Frame.GetUInt32(frame, Frame.Serial) == serial
            && Uuid.AreEqual(frame, Frame.AttemptId, Attempt.Id, 0)
            && Uuid.AreEqual(frame, Frame.AccessCodeId, StoredCode.IdOf(Code), 0);
        return isAbout && Attempt.Kind switch
        {
            OperationKind.Create or OperationKind.Update =>
                (type == FrameType.Code && HasWindow(frame, Frame.StartsAt))
                || (type == FrameType.Attempt && HasWindow(frame, Frame.Detail)
                    && frame[Frame.Action] == (Attempt.Kind == OperationKind.Create ? 0 : 1)
                    && frame[Frame.Error] == 0),
            _ => (type == FrameType.Tombstone) == (Attempt.Kind == OperationKind.Delete)
                && Frame.GetUInt32(frame, Frame.Detail + 4) == Attempt.Number
                && frame[Frame.Action] == (byte)Attempt.Kind,
        };
    }

    private bool HasWindow(byte[] frame, int offset)
    {
        byte[] expected = new byte[CodeAnswerBytes];
        new StoredCode(Code, Attempt.Number, false).FillAnswer(expected, 0);
        return frame.AsSpan(offset, CodeAnswerBytes).SequenceEqual(expected);
    }
}
