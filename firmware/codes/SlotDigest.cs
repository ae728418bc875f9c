// A checksum over all codes in slot order: a server that computes the same knows that it has the
// same codes, and lists them otherwise. Agent steps it, StatusWriter publishes it.

using System;
using System.IO.Hashing;

namespace Keyway.Firmware;

/// <summary>CRC-32 over the live frames in slot order, their own checksums as zeros.</summary>
/// <remarks>Where a frame lies, and whether it was carried on, is not content.</remarks>
public sealed class SlotDigest
{
    private readonly CodeBook _book;
    private readonly AccessCode _code = new();
    private readonly Crc32 _crc = new();
    private int _nextSlot;

    /// <summary>Wires the digest; <see cref="Step"/> computes it.</summary>
    public SlotDigest(CodeBook book) => _book = book;

    /// <summary>The digest of the codes as they were when it was done.</summary>
    public uint Value { get; private set; }

    /// <summary>True when <see cref="Value"/> is that of the codes as they are.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The codes have changed: computes anew.</summary>
    public void Restart()
    {
        IsDone = false;
        _nextSlot = 0;
        _crc.Reset();
    }

    /// <summary>One slice: a few codes read, and not many slots passed.</summary>
    public void Step()
    {
        int reads = 0;
        int end = _nextSlot + Limits.SlotsPerSlice;
        while (_nextSlot < _book.Capacity && _nextSlot < end && reads < Limits.SlotsPerStep)
        {
            if (_book.Slots.LocationOf(_nextSlot) != 0)
            {
                reads++;
                StorageStatus status = _book.Read(_nextSlot, _code);
                if (status == StorageStatus.NotReady)
                {
                    return;
                }

                if (status == StorageStatus.Ok)
                {
                    Append();
                }
            }

            _nextSlot++;
        }

        if (_nextSlot == _book.Capacity && !IsDone)
        {
            Value = _crc.GetCurrentHashAsUInt32();
            IsDone = true;
        }
    }

    private void Append()
    {
        for (int i = 0; i < AccessCode.FrameCount; i++)
        {
            _code.Bytes[i * Frame.SizeBytes + Frame.Group] = Frame.GroupByte(
                AccessCode.FrameCount, i);
            Array.Clear(_code.Bytes, i * Frame.SizeBytes + Frame.BodyBytes,
                Frame.SizeBytes - Frame.BodyBytes);
        }

        _crc.Append(_code.Bytes);
    }
}
