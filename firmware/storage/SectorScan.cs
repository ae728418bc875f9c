// Reads a sector frame by frame, some pages a step: what mount needs of the sector that is written,
// and loading of a sector whose index is missing. Mount and SlotLog call it; it calls SpiNorFlash.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Finds the valid groups of a sector and where its blank part begins.</summary>
public sealed class SectorScan
{
    private const int None = -1;
    private const int At = SpiNorFlash.PageOffset;
    private readonly SpiNorFlash _flash;
    private readonly Ring _ring;
    private readonly Checksum _checksum;
    private readonly byte[] _page;
    private byte[] _lastGroup;
    private int _unknownFrames;
    private int _sector = None;
    private int _lastGroupCount;
    private bool _isSealed;
    private int _rottenFrames;
    private int _blankFrom;

    /// <summary>Wires the scan; nothing is read.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="ring">Knows where a sector is, and its sequence.</param>
    /// <param name="index">Receives an entry for each valid frame.</param>
    public SectorScan(SpiNorFlash flash, Ring ring, SectorIndex index)
    {
        Index = index;
        _flash = flash;
        _ring = ring;
        _checksum = ring.Headers.Checksum;
        _page = flash.Page;
    }

    /// <summary>The sector that is being read; -1: none.</summary>
    public int Sector => _sector;

    /// <summary>An entry for each valid frame.</summary>
    public SectorIndex Index { get; }

    /// <summary>The first frame of the last valid group; 0 when there is none.</summary>
    public int LastGroup { get; private set; }

    /// <summary>Frames of the last valid group.</summary>
    public int LastGroupCount => _lastGroupCount;

    /// <summary>True when the sector ends in an index that validates.</summary>
    public bool IsSealed => _isSealed;

    /// <summary>Frames before a valid one that are neither valid nor blank nor burnt.</summary>
    public int RottenFrames => _rottenFrames;

    /// <summary>The first frame of the first blank page; 64 when no page is blank.</summary>
    public int BlankFrom => _blankFrom;

    /// <summary>Begins to read a sector up to its first blank page.</summary>
    /// <param name="sector">A sector with a header.</param>
    /// <param name="lastGroup">Receives the last valid group as it was found valid, at most a
    /// page; null: nobody wants it.</param>
    public void Begin(int sector, byte[] lastGroup)
    {
        _sector = sector;
        _lastGroup = lastGroup;
        Index.Clear();
        LastGroup = 0;
        _lastGroupCount = 0;
        _isSealed = false;
        _rottenFrames = 0;
        _blankFrom = 0;
        _unknownFrames = 0;
    }

    /// <summary>Reads the next pages. <see cref="Sector"/> is -1 when there are no more.</summary>
    /// <returns>Ok, or why the chip could not be read; then it is over too.</returns>
    public FlashStatus Step()
    {
        FlashStatus status = FlashStatus.Ok;
        bool isBlank = false;
        for (int work = 0; work < Limits.WorkPerStep && status == FlashStatus.Ok && !isBlank
            && BlankFrom < SlotLog.FramesPerSector; work += Limits.WorkPerRead)
        {
            status = ReadPage();
            isBlank = status == FlashStatus.Ok && IsPageBlank();
            if (isBlank)
            {
                // A plug that lets go for one read looks like a blank page too.
                status = ReadPage();
                isBlank = status == FlashStatus.Ok && IsPageBlank();
            }

            if (!isBlank && status == FlashStatus.Ok)
            {
                status = ScanPage();
                _blankFrom += SlotLog.FramesPerPage;
            }
        }

        bool isOver = isBlank || status != FlashStatus.Ok
            || BlankFrom == SlotLog.FramesPerSector;
        _sector = isOver ? None : Sector;
        return status;
    }

    // The header is not data; without it the page may be blank.
    private int FirstPosition => BlankFrom == 0 ? SectorIndex.FirstFrame : 0;

    private bool IsPageBlank() => Frame.IsBlank(_page, At + FirstPosition * Frame.SizeBytes,
        SpiNorFlash.PageSizeBytes - FirstPosition * Frame.SizeBytes);

    private FlashStatus ReadPage() => _flash.Read(
        _ring.AddressOf(Sector, BlankFrom), _page, At, SpiNorFlash.PageSizeBytes);

    private FlashStatus ScanPage()
    {
        uint sequence = _ring.SequenceOf(Sector);
        FlashStatus status = FlashStatus.Ok;
        bool isReadAgain = false;
        int position = FirstPosition;
        while (position < SlotLog.FramesPerPage && BlankFrom + position <= SectorIndex.LastFrame
            && status == FlashStatus.Ok)
        {
            int count = GroupAt(position, sequence);
            bool isUnknown = count == 0 && !IsEmpty(At + position * Frame.SizeBytes);
            if (isUnknown && !isReadAgain)
            {
                // A glitch on the wire is no torn frame.
                isReadAgain = true;
                status = ReadPage();
                continue;
            }

            if (count > 0)
            {
                TakeGroup(position, count);
            }

            _unknownFrames += isUnknown ? 1 : 0;
            position += count > 0 ? count : 1;
        }

        if (position < SlotLog.FramesPerPage)
        {
            _isSealed = SectorIndex.IsSealed(_checksum, sequence, _page,
                At + SpiNorFlash.PageSizeBytes - SectorIndex.SizeBytes);
        }

        return status;
    }

    private bool IsEmpty(int offset) => Frame.IsBlank(_page, offset, Frame.SizeBytes)
        || Frame.IsBurnt(_page, offset, Frame.SizeBytes);

    private void TakeGroup(int position, int count)
    {
        int offset = At + position * Frame.SizeBytes;
        Index.Put(BlankFrom + position, count, _page, offset);
        LastGroup = BlankFrom + position;
        _lastGroupCount = count;
        _rottenFrames += _unknownFrames;
        _unknownFrames = 0;
        if (_lastGroup != null)
        {
            Array.Copy(_page, offset, _lastGroup, 0, count * Frame.SizeBytes);
        }
    }

    private int GroupAt(int position, uint sequence)
    {
        int offset = At + position * Frame.SizeBytes;
        int count = _page[offset + Frame.Group] >> 4;
        bool fits = count >= 1 && count <= SlotLog.FramesPerPage - position
            && BlankFrom + position + count - 1 <= SectorIndex.LastFrame;
        return fits && _checksum.IsGroup(sequence, _page, offset, count) ? count : 0;
    }
}
