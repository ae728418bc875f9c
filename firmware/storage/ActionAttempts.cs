// The action attempts that have an answer, so that a repeated command gets it again and changes
// nothing twice. CommandRunner calls it; it calls SlotLog to confirm.

using System;

namespace Keyway.Firmware;

/// <summary>The last action attempts.</summary>
/// <remarks>In RAM 4 bytes each: a fingerprint of the id and a place.</remarks>
public sealed class ActionAttempts
{
    private readonly SlotLog _log;
    private readonly ushort[] _ids;

    /// <summary>Wires the table, empty; <see cref="Loader"/> fills it.</summary>
    /// <param name="log">Holds the answers.</param>
    /// <param name="size">Attempts that are remembered: <see cref="Limits.Remembered"/>.</param>
    public ActionAttempts(SlotLog log, int size)
    {
        _log = log;
        _ids = new ushort[size];
        Window = new FrameWindow(size);
    }

    /// <summary>The attempts by serial number.</summary>
    public FrameWindow Window { get; }

    /// <summary>Notes a new attempt.</summary>
    /// <param name="frame">Its first frame, with the window's next number.</param>
    /// <param name="location">Where it lies.</param>
    public void Add(byte[] frame, int location)
    {
        Window.Add(frame, location);
        NoteId(frame);
    }

    /// <summary>While loading, from the newest frame to the oldest: notes an attempt.</summary>
    /// <param name="frame">Its first frame.</param>
    /// <param name="location">Where it lies.</param>
    public void Learn(byte[] frame, int location)
    {
        if (Window.Learn(frame, location))
        {
            NoteId(frame);
        }
    }

    /// <summary>False when an attempt certainly has no answer.</summary>
    /// <param name="id">Holds the attempt's id, 16 bytes.</param>
    public bool MayHave(byte[] id) => IdTable.Find(_ids, id, 0, 0) >= 0;

    /// <summary>Looks for the answer of an attempt.</summary>
    /// <param name="id">Holds the attempt's id, 16 bytes.</param>
    /// <param name="answer">Receives the answer; see <see cref="Read"/>.</param>
    /// <param name="isFound">The attempt has an answer, now in <paramref name="answer"/>.</param>
    /// <returns>Ok; otherwise it cannot be known now.</returns>
    public StorageStatus Find(byte[] id, AccessCode answer, out bool isFound)
    {
        isFound = false;
        int place = IdTable.Find(_ids, id, 0, 0);
        while (place >= 0 && !isFound)
        {
            int location = Window.LocationAt(place);
            if (location != 0)
            {
                StorageStatus status = Read(location, answer);
                if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
                {
                    return status;
                }

                isFound = status == StorageStatus.Ok
                    && Uuid.AreEqual(answer.Bytes, Frame.AttemptId, id, 0);
            }

            place = IdTable.Find(_ids, id, 0, place + 1);
        }

        return StorageStatus.Ok;
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="location">Where it lies.</param>
    /// <param name="answer">
    /// Its first frame becomes an Attempt or a Tombstone, also when it is a code; the second is
    /// that of the code, or zeros.
    /// </param>
    public StorageStatus Read(int location, AccessCode answer)
    {
        StorageStatus status = _log.Read(location, answer.Bytes, 1);
        bool isCode = answer.Bytes[Frame.Type] == (byte)FrameType.Code;
        if (status != StorageStatus.Ok || !isCode)
        {
            Array.Clear(answer.Bytes, Frame.SizeBytes, Frame.SizeBytes);
            return status;
        }

        status = _log.Read(location, answer.Bytes, AccessCode.FrameCount);
        if (status == StorageStatus.Ok)
        {
            answer.BecomeAttempt();
        }

        return status;
    }

    private void NoteId(byte[] frame) => IdTable.Put(
        _ids, Window.PlaceOf(Frame.GetUInt32(frame, Frame.Serial)), frame, Frame.AttemptId);
}
