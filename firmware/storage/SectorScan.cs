// Reads a sector frame by frame: what mount needs of the sector that is written, and loading of a
// sector whose index is missing. SlotLog calls it; it calls SpiNorFlash.

using System;
using System.IO.Hashing;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Finds the valid groups of a sector and where its blank part begins.</summary>
public sealed class SectorScan
{
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly byte[] _page = new byte[SpiNorFlash.PageSizeBytes];
    private readonly byte[] _scratch = new byte[Frame.SizeBytes];
    private readonly SectorIndex _sealed = new();
    private readonly uint _blankPage;
    private readonly uint _blankFrame;
    private readonly uint _burntFrame;
    private int _unknownFrames;

    /// <summary>Wires the scan; nothing is read.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="ring">Knows where a sector is, and its sequence.</param>
    public SectorScan(SpiNorFlash flash, Ring ring)
    {
        _flash = flash;
        _ring = ring;
        Blank(_page.Length);
        _blankPage = Crc32.HashToUInt32(_page);
        _burntFrame = Crc32.HashToUInt32(_scratch);
        Array.Copy(_page, 0, _scratch, 0, Frame.SizeBytes);
        _blankFrame = Crc32.HashToUInt32(_scratch);
    }

    /// <summary>The first frame of the last valid group; 0 when there is none.</summary>
    public int LastGroup { get; private set; }

    /// <summary>Frames of the last valid group.</summary>
    public int LastGroupCount { get; private set; }

    /// <summary>The last valid group, as it was found valid.</summary>
    public byte[] LastGroupBytes { get; } = new byte[SpiNorFlash.PageSizeBytes];

    /// <summary>True when the sector ends in an index that validates.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Frames before a valid one that are neither valid nor blank nor burnt.</summary>
    public int RottenFrames { get; private set; }

    /// <summary>The first frame of the first blank page; 64 when no page is blank.</summary>
    public int BlankFrom { get; private set; }

    /// <summary>Reads the sector up to its first blank page.</summary>
    /// <param name="sector">A sector with a header.</param>
    /// <param name="index">Receives an entry for each valid frame.</param>
    /// <returns>Ok, or why the chip could not be read.</returns>
    public FlashStatus Run(int sector, SectorIndex index)
    {
        index.Clear();
        LastGroup = 0;
        LastGroupCount = 0;
        IsSealed = false;
        RottenFrames = 0;
        _unknownFrames = 0;
        for (BlankFrom = 0; BlankFrom < SlotLog.FramesPerSector;
            BlankFrom += SlotLog.FramesPerPage)
        {
            // A plug that lets go for one read looks like a blank page too.
            FlashStatus status = ReadPage(sector);
            bool isBlank = status == FlashStatus.Ok && IsPageBlank();
            if (isBlank)
            {
                status = ReadPage(sector);
                isBlank = status == FlashStatus.Ok && IsPageBlank();
            }

            if (isBlank)
            {
                break;
            }

            status = status == FlashStatus.Ok ? ScanPage(sector, index) : status;
            if (status != FlashStatus.Ok)
            {
                return status;
            }
        }

        return FlashStatus.Ok;
    }

    private bool IsPageBlank() => Crc32.HashToUInt32(_page) == _blankPage;

    private FlashStatus ReadPage(int sector)
    {
        FlashStatus status = _flash.Read(
            _ring.AddressOf(sector, BlankFrom), _page, 0, _page.Length);
        if (BlankFrom == 0)
        {
            // The header is not data; without it the page may be blank.
            Blank(Frame.SizeBytes);
        }

        return status;
    }

    private void Blank(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _page[i] = 0xFF;
        }
    }

    private FlashStatus ScanPage(int sector, SectorIndex index)
    {
        uint sequence = _ring.SequenceOf(sector);
        FlashStatus status = FlashStatus.Ok;
        bool isReadAgain = false;
        int position = 0;
        while (position < SlotLog.FramesPerPage && BlankFrom + position <= SectorIndex.LastFrame
            && status == FlashStatus.Ok)
        {
            int count = GroupAt(position, sequence);
            bool isUnknown = count == 0 && !IsEmpty(position);
            if (isUnknown && !isReadAgain)
            {
                // A glitch on the wire is no torn frame.
                isReadAgain = true;
                status = ReadPage(sector);
                continue;
            }

            if (count > 0)
            {
                TakeGroup(position, count, index);
            }

            _unknownFrames += isUnknown ? 1 : 0;
            position += count > 0 ? count : 1;
        }

        if (position < SlotLog.FramesPerPage)
        {
            Array.Copy(_page, _page.Length - SectorIndex.SizeBytes, _sealed.Bytes, 0,
                SectorIndex.SizeBytes);
            IsSealed = _sealed.IsSealed(sequence);
        }

        return status;
    }

    // Blank or burnt.
    private bool IsEmpty(int position)
    {
        Array.Copy(_page, position * Frame.SizeBytes, _scratch, 0, Frame.SizeBytes);
        uint hash = Crc32.HashToUInt32(_scratch);
        return hash == _blankFrame || hash == _burntFrame;
    }

    private void TakeGroup(int position, int count, SectorIndex index)
    {
        int offset = position * Frame.SizeBytes;
        for (int i = 0; i < count; i++)
        {
            int frame = offset + i * Frame.SizeBytes;
            index.Put(BlankFrom + position + i, (FrameType)_page[frame + Frame.Type],
                Frame.GetUInt16(_page, frame + Frame.Slot));
        }

        LastGroup = BlankFrom + position;
        LastGroupCount = count;
        Array.Copy(_page, offset, LastGroupBytes, 0, count * Frame.SizeBytes);
        RottenFrames += _unknownFrames;
        _unknownFrames = 0;
    }

    private int GroupAt(int position, uint sequence)
    {
        int offset = position * Frame.SizeBytes;
        int count = _page[offset + Frame.Group] >> 4;
        bool fits = count >= 1 && count <= SlotLog.FramesPerPage - position
            && BlankFrom + position + count - 1 <= SectorIndex.LastFrame;
        return fits && Frame.IsGroup(_scratch, sequence, _page, offset, count) ? count : 0;
    }
}
