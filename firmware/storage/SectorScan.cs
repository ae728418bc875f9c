// Reads a sector frame by frame: what mount needs of the sector that is written, and loading of a
// sector whose index is missing. SlotLog calls it; it calls SpiNorFlash.

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
    private readonly uint _blankPage;

    /// <summary>Wires the scan; nothing is read.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="ring">Knows where a sector is, and its sequence.</param>
    public SectorScan(SpiNorFlash flash, Ring ring)
    {
        _flash = flash;
        _ring = ring;
        for (int i = 0; i < _page.Length; i++)
        {
            _page[i] = 0xFF;
        }

        _blankPage = Crc32.HashToUInt32(_page);
    }

    /// <summary>The first frame of the last valid group; 0 when there is none.</summary>
    public int LastGroup { get; private set; }

    /// <summary>Frames of the last valid group.</summary>
    public int LastGroupCount { get; private set; }

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
        for (BlankFrom = 0; BlankFrom < SlotLog.FramesPerSector;
            BlankFrom += SlotLog.FramesPerPage)
        {
            FlashStatus status = _flash.Read(
                _ring.AddressOf(sector, BlankFrom), _page, 0, _page.Length);
            if (status != FlashStatus.Ok)
            {
                return status;
            }

            if (BlankFrom == 0)
            {
                // The header is not data; without it the page may be blank.
                for (int i = 0; i < Frame.SizeBytes; i++)
                {
                    _page[i] = 0xFF;
                }
            }

            if (Crc32.HashToUInt32(_page) == _blankPage)
            {
                break;
            }

            ScanPage(_ring.SequenceOf(sector), index);
        }

        return FlashStatus.Ok;
    }

    private void ScanPage(uint sequence, SectorIndex index)
    {
        int position = 0;
        while (position < SlotLog.FramesPerPage)
        {
            int frame = BlankFrom + position;
            int count = frame <= SectorIndex.LastFrame ? GroupAt(position, sequence) : 0;
            for (int i = 0; i < count; i++)
            {
                int offset = (position + i) * Frame.SizeBytes;
                index.Put(frame + i, (FrameType)_page[offset + Frame.Type],
                    Frame.GetUInt16(_page, offset + Frame.Slot));
            }

            if (count > 0)
            {
                LastGroup = frame;
                LastGroupCount = count;
            }

            position += count > 0 ? count : 1;
        }
    }

    private int GroupAt(int position, uint sequence)
    {
        int offset = position * Frame.SizeBytes;
        int count = _page[offset + Frame.Group] >> 4;
        bool fits = count >= 1 && count <= SlotLog.FramesPerPage - position;
        return fits && Frame.IsGroup(_scratch, sequence, _page, offset, count) ? count : 0;
    }
}
