// The action attempts that have an answer, so that a repeated command gets it again and changes
// nothing twice. CommandDesk calls it; it calls SlotLog to confirm.

using System;

namespace Keyway.Firmware;

/// <summary>The last <see cref="Limits.Attempts"/> action attempts, by serial number.</summary>
/// <remarks>
/// In RAM 6 bytes each: a fingerprint of the id and where the frame lies that holds the answer.
/// </remarks>
public sealed class ActionAttempts
{
    private readonly SlotLog _log;
    private readonly uint[] _fingerprints = new uint[Limits.Attempts];
    private readonly ushort[] _locations = new ushort[Limits.Attempts];
    private readonly byte[] _scratch = new byte[Uuid.SizeBytes];

    /// <summary>Wires the table, empty; <see cref="Loader"/> fills it.</summary>
    /// <param name="log">Holds the answers.</param>
    public ActionAttempts(SlotLog log) => _log = log;

    /// <summary>The serial number of the next attempt; the first is 1.</summary>
    public uint NextSerial { get; private set; } = 1;

    /// <summary>Notes where an attempt's answer lies.</summary>
    /// <param name="frame">A Code or Attempt frame.</param>
    /// <param name="location">Where it lies.</param>
    /// <remarks>Frames may come in any order; a later copy of one takes its place.</remarks>
    public void Learn(byte[] frame, int location)
    {
        uint serial = Frame.GetUInt32(frame, Frame.Serial);
        if (serial + Limits.Attempts < NextSerial)
        {
            return;
        }

        int place = (int)(serial % Limits.Attempts);
        _fingerprints[place] = CodeBook.Fingerprint(_scratch, frame, Frame.AttemptId);
        _locations[place] = (ushort)location;
        if (serial >= NextSerial)
        {
            NextSerial = serial + 1;
        }
    }

    /// <summary>Looks for the answer of an attempt.</summary>
    /// <param name="id">Holds the attempt's id, 16 bytes.</param>
    /// <param name="frame">Receives the frame with the answer.</param>
    /// <param name="isFound">The attempt has an answer, now in <paramref name="frame"/>.</param>
    /// <returns>Ok; otherwise it cannot be known now.</returns>
    public StorageStatus Find(byte[] id, byte[] frame, out bool isFound)
    {
        isFound = false;
        uint fingerprint = CodeBook.Fingerprint(_scratch, id, 0);
        int place = Array.IndexOf(_fingerprints, fingerprint);
        while (place >= 0 && !isFound)
        {
            if (_locations[place] != 0)
            {
                StorageStatus status = _log.Read(_locations[place], frame, 1);
                if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
                {
                    return status;
                }

                isFound = status == StorageStatus.Ok
                    && Uuid.AreEqual(frame, Frame.AttemptId, id, 0);
            }

            place = Array.IndexOf(_fingerprints, fingerprint, place + 1);
        }

        return StorageStatus.Ok;
    }
}
