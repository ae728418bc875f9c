using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>A log on a small flash chip with quick erases, in a time of its own.</summary>
internal sealed class StorageBoard
{
    /// <summary>The log begins in the chip's second sector.</summary>
    internal const int Address = SpiNorFlash.SectorSizeBytes;

    /// <summary>Groups of two frames that a sector takes.</summary>
    internal const int PairsPerSector = 30;

    private const int EraseNanoseconds = 3000000;
    private readonly int _part;

    /// <summary>A blank chip; the log is mounted, and nothing is ready.</summary>
    internal StorageBoard(int sectors, int part = FlashBoard.W25Q64)
    {
        Sectors = sectors;
        _part = part;
        Clock = new VirtualClock();
        Chip = new W25qChip(FlashParts.Find(part), Clock,
            Address + sectors * SpiNorFlash.SectorSizeBytes);
        Chip.EraseNanoseconds = EraseNanoseconds;
        Check(StorageStatus.Ok, Restart());
    }

    internal int Sectors { get; }

    internal VirtualClock Clock { get; }

    internal W25qChip Chip { get; }

    internal SpiNorFlash Flash { get; private set; }

    internal SlotLog Log { get; private set; }

    /// <summary>A board with some sectors ready.</summary>
    internal static StorageBoard WithReady(int sectors, int ready)
    {
        StorageBoard board = new(sectors);
        board.MakeReady(ready);
        return board;
    }

    /// <summary>The power goes and comes back.</summary>
    /// <returns>What mount says.</returns>
    internal StorageStatus Restart()
    {
        Chip.LosePower(1);
        Chip.RestorePower();
        return Reset();
    }

    /// <summary>The controller starts anew; the chip goes on.</summary>
    /// <returns>What mount says.</returns>
    internal StorageStatus Reset()
    {
        Attach(Chip);
        return Log.Mount();
    }

    /// <summary>The controller starts anew on a wire of its own, and has not mounted yet.</summary>
    internal void Attach(ISpiDevice spi)
    {
        Flash = new SpiNorFlash(spi, Clock);
        Flash.Open(_part);
        Log = new SlotLog(Flash, Address, Sectors);
    }

    /// <summary>Idles until so many sectors are ready.</summary>
    internal void MakeReady(int ready)
    {
        for (int i = 0; i < 20 * ready && Log.Ring.ReadyCount < ready; i++)
        {
            Log.Step(true);
            Clock.Advance(1);
        }

        Assert.AreEqual(ready, Log.Ring.ReadyCount, "sectors ready");
    }

    /// <summary>A group of frames that are about a slot.</summary>
    internal static byte[] Group(int count, int slot)
    {
        byte[] group = new byte[count * Frame.SizeBytes];
        for (int i = 0; i < group.Length; i++)
        {
            group[i] = (byte)(slot + i * 7 % 251);
        }

        for (int i = 0; i < count; i++)
        {
            int frame = i * Frame.SizeBytes;
            FrameType type = count == 1 ? FrameType.Attempt
                : i == 0 ? FrameType.Code : FrameType.CodeDetail;
            group[frame + Frame.Type] = (byte)type;
            group[frame + Frame.Group] = 0;
            Frame.PutUInt16(group, frame + Frame.Slot, slot);
        }

        return group;
    }

    /// <summary>Appends a group that must arrive, and returns its location.</summary>
    internal int Append(int count, int slot)
    {
        Check(StorageStatus.Ok, Log.Append(Group(count, slot), count, out int location));
        return location;
    }

    /// <summary>Appends groups of two for slots from 0 on.</summary>
    internal void AppendPairs(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Append(2, i);
        }
    }

    /// <summary>The slot of the group at a location; -1 when there is no whole group.</summary>
    internal int SlotAt(int location, int count)
    {
        byte[] group = new byte[count * Frame.SizeBytes];
        return Log.Read(location, group, count) == StorageStatus.Ok
            ? Frame.GetUInt16(group, Frame.Slot) : -1;
    }

    /// <summary>Where a frame lies in the chip's image.</summary>
    internal static int Place(int sector, int frame) =>
        Address + sector * SpiNorFlash.SectorSizeBytes + frame * Frame.SizeBytes;

    /// <summary>A copy of the chip's cells.</summary>
    internal byte[] Copy()
    {
        byte[] copy = new byte[Chip.Image.Length];
        System.Array.Copy(Chip.Image, 0, copy, 0, copy.Length);
        return copy;
    }

    /// <summary>Reads the index of a sector into that of the log, in as many slices as it takes.
    /// </summary>
    internal StorageStatus ReadIndex(int sector)
    {
        StorageStatus status = StorageStatus.NotReady;
        for (int i = 0; i < SlotLog.FramesPerSector && status == StorageStatus.NotReady; i++)
        {
            status = Log.ReadIndex(sector);
            status = Log.HasIndexOf(sector) ? StorageStatus.Ok : status;
        }

        return status;
    }

    /// <summary>How often a sector has been erased, as its header says; 0 when it has none.
    /// </summary>
    internal int ErasesOf(int sector)
    {
        byte[] image = Chip.Image;
        int place = Place(sector, 0);
        return SectorHeader.IsValid(new Checksum(), image, place)
            ? SectorHeader.ErasesOf(image, place) : 0;
    }

    /// <summary>Where the last group about a slot lies, by the indexes; -1: nowhere.</summary>
    internal int FindSlot(int slot)
    {
        int found = -1;
        SectorIndex index = Log.Index;
        for (int sector = 0; sector < Sectors; sector++)
        {
            if (Log.Ring.HoldsFrames(sector)
                && ReadIndex(sector) == StorageStatus.Ok)
            {
                for (int frame = 1; frame <= SectorIndex.LastFrame; frame++)
                {
                    if (index.TypeAt(frame) != FrameType.None
                        && index.TypeAt(frame) != FrameType.CodeDetail
                        && index.SlotAt(frame) == slot)
                    {
                        found = sector * SlotLog.FramesPerSector + frame;
                    }
                }
            }
        }

        return found;
    }

    internal static void Check(StorageStatus expected, StorageStatus actual) =>
        Assert.AreEqual((int)expected, (int)actual);

    internal static void Check(SectorState expected, SectorState actual) =>
        Assert.AreEqual((int)expected, (int)actual);

    internal static void Check(FrameType expected, FrameType actual) =>
        Assert.AreEqual((int)expected, (int)actual);
}
