// Changes frames in the image of a chip, as somebody with a programmer could: checksums fit
// afterwards, tags do not. World uses it.

using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>Edits the log on a flash.</summary>
/// <param name="image">The bytes of the chip.</param>
public sealed class FlashEditor(byte[] image)
{
    private const int IndexOffset = (SectorIndex.LastFrame + 1) * Frame.SizeBytes;
    private readonly byte[] _scratch = new byte[Frame.SizeBytes];
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private readonly byte[] _head = new byte[SectorHeader.ReadBytes];
    private readonly SectorHeader _header = new();
    private readonly SectorIndex _index = new();

    /// <summary>Goes through all frames.</summary>
    /// <param name="edit">Is given each; true: it has changed it.</param>
    /// <returns>How many were changed.</returns>
    public int Edit(Func<byte[], bool> edit)
    {
        int edited = 0;
        for (int sector = 0; sector < image.Length; sector += SpiNorFlash.SectorSizeBytes)
        {
            Array.Copy(image, sector, _head, 0, _head.Length);
            if (_header.TryRead(_head) && !_header.Retired)
            {
                edited += EditSector(sector, _header.Sequence, edit);
            }
        }

        return edited;
    }

    private int EditSector(int sector, uint sequence, Func<byte[], bool> edit)
    {
        int edited = 0;
        Array.Copy(image, sector + IndexOffset, _index.Bytes, 0, SectorIndex.SizeBytes);
        bool isSealed = _index.IsSealed(sequence);
        for (int number = SectorIndex.FirstFrame; number <= SectorIndex.LastFrame; number++)
        {
            int at = sector + number * Frame.SizeBytes;
            if (Frame.GetUInt32(image, at + Frame.BodyBytes)
                != Frame.Checksum(_scratch, sequence, image, at))
            {
                continue;
            }

            Array.Copy(image, at, _frame, 0, Frame.SizeBytes);
            if (edit(_frame))
            {
                edited++;
                Frame.PutUInt32(_frame, Frame.BodyBytes,
                    Frame.Checksum(_scratch, sequence, _frame, 0));
                Array.Copy(_frame, 0, image, at, Frame.SizeBytes);
                _index.Put(number, (FrameType)_frame[Frame.Type],
                    Frame.GetUInt16(_frame, Frame.Slot));
            }
        }

        if (isSealed && edited > 0)
        {
            _index.Seal(sequence);
            Array.Copy(_index.Bytes, 0, image, sector + IndexOffset, SectorIndex.SizeBytes);
        }

        return edited;
    }
}
