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
    private readonly Checksum _checksum = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private readonly SectorIndex _index = new();

    /// <summary>Goes through all frames.</summary>
    /// <param name="edit">Is given each; true: it has changed it.</param>
    /// <returns>How many were changed.</returns>
    public int Edit(Func<byte[], bool> edit)
    {
        int edited = 0;
        for (int sector = 0; sector < image.Length; sector += SpiNorFlash.SectorSizeBytes)
        {
            if (SectorHeader.IsValid(_checksum, image, sector)
                && !SectorHeader.IsRetired(image, sector))
            {
                edited += EditSector(sector, SectorHeader.SequenceOf(image, sector), edit);
            }
        }

        return edited;
    }

    private int EditSector(int sector, uint sequence, Func<byte[], bool> edit)
    {
        int edited = 0;
        Array.Copy(image, sector + IndexOffset, _index.Bytes, 0, SectorIndex.SizeBytes);
        bool isSealed = SectorIndex.IsSealed(_checksum, sequence, _index.Bytes, 0);
        for (int number = SectorIndex.FirstFrame; number <= SectorIndex.LastFrame; number++)
        {
            int at = sector + number * Frame.SizeBytes;
            if (Frame.GetUInt32(image, at + Frame.BodyBytes)
                != _checksum.Of(sequence, image, at, Frame.BodyBytes))
            {
                continue;
            }

            Array.Copy(image, at, _frame, 0, Frame.SizeBytes);
            if (edit(_frame))
            {
                edited++;
                Frame.PutUInt32(_frame, Frame.BodyBytes,
                    _checksum.Of(sequence, _frame, 0, Frame.BodyBytes));
                Array.Copy(_frame, 0, image, at, Frame.SizeBytes);
                _index.Put(number, (FrameType)_frame[Frame.Type],
                    Frame.GetUInt16(_frame, Frame.Slot));
            }
        }

        if (isSealed && edited > 0)
        {
            _index.Seal(_checksum, sequence);
            Array.Copy(_index.Bytes, 0, image, sector + IndexOffset, SectorIndex.SizeBytes);
        }

        return edited;
    }
}
