using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SectorIndexTests
{
    [TestMethod]
    public void Cleared_index_has_nothing()
    {
        SectorIndex index = Some();
        index.Clear();
        for (int frame = SectorIndex.FirstFrame; frame <= SectorIndex.LastFrame; frame++)
        {
            StorageBoard.Check(FrameType.None, index.TypeAt(frame));
            Assert.AreEqual(SectorIndex.NoSlot, index.SlotAt(frame));
        }
    }

    [TestMethod]
    public void First_and_last_frame_have_entries_of_their_own()
    {
        SectorIndex index = Some();
        StorageBoard.Check(FrameType.Code, index.TypeAt(1));
        Assert.AreEqual(0, index.SlotAt(1));
        StorageBoard.Check(FrameType.None, index.TypeAt(2));
        StorageBoard.Check(FrameType.None, index.TypeAt(60));
        StorageBoard.Check(FrameType.Attempt, index.TypeAt(61));
        Assert.AreEqual(SectorIndex.NoSlot, index.SlotAt(61));
    }

    [TestMethod]
    public void Highest_slot_fits()
    {
        SectorIndex index = Some();
        index.Put(30, FrameType.CodeDetail, Limits.Slots - 1);
        StorageBoard.Check(FrameType.CodeDetail, index.TypeAt(30));
        Assert.AreEqual(Limits.Slots - 1, index.SlotAt(30));
    }

    [TestMethod]
    public void Type_of_a_later_version_counts_as_none()
    {
        SectorIndex index = Some();
        index.Put(30, FrameType.None + 2, 5);
        StorageBoard.Check(FrameType.None, index.TypeAt(30));
        index.Put(30, (FrameType)255, 5);
        StorageBoard.Check(FrameType.None, index.TypeAt(30));
    }

    // What has no entry of its own must not depend on what the buffer held before.
    [TestMethod]
    public void Cleared_indexes_are_the_same_on_flash()
    {
        SectorIndex used = new();
        for (int i = 0; i < SectorIndex.SizeBytes; i++)
        {
            used.Bytes[i] = 0x55;
        }

        used.Clear();
        used.Seal(new Checksum(), 5);
        SectorIndex fresh = new();
        fresh.Clear();
        fresh.Seal(new Checksum(), 5);
        CollectionAssert.AreEqual(fresh.Bytes, used.Bytes);
        Assert.AreEqual(0xFF, (int)used.Bytes[121]);
        Assert.AreEqual(0, (int)used.Bytes[122]);
        Assert.AreEqual(0, (int)used.Bytes[123]);
    }

    [TestMethod]
    public void Sealed_index_is_of_its_sector_only()
    {
        SectorIndex index = Some();
        index.Seal(new Checksum(), 5);
        Assert.IsTrue(SectorIndex.IsSealed(new Checksum(), 5, index.Bytes, 0));
        Assert.IsFalse(SectorIndex.IsSealed(new Checksum(), 6, index.Bytes, 0));
        index.Put(61, FrameType.Code, 1);
        Assert.IsFalse(SectorIndex.IsSealed(new Checksum(), 5, index.Bytes, 0));
    }

    [TestMethod]
    public void Flipped_bit_anywhere_breaks_the_seal()
    {
        SectorIndex index = Some();
        index.Seal(new Checksum(), 5);
        for (int i = 0; i < SectorIndex.SizeBytes; i++)
        {
            index.Bytes[i] ^= 0x10;
            Assert.IsFalse(SectorIndex.IsSealed(new Checksum(), 5, index.Bytes, 0), "byte " + i);
            index.Bytes[i] ^= 0x10;
        }
    }

    [TestMethod]
    public void Erased_or_burnt_index_is_not_sealed()
    {
        SectorIndex index = new();
        Assert.IsFalse(SectorIndex.IsSealed(new Checksum(), 0, index.Bytes, 0), "zeros");
        for (int i = 0; i < SectorIndex.SizeBytes; i++)
        {
            index.Bytes[i] = 0xFF;
        }

        Assert.IsFalse(SectorIndex.IsSealed(new Checksum(), 0, index.Bytes, 0), "FF");
    }

    private static SectorIndex Some()
    {
        SectorIndex index = new();
        index.Clear();
        index.Put(SectorIndex.FirstFrame, FrameType.Code, 0);
        index.Put(SectorIndex.LastFrame, FrameType.Attempt, SectorIndex.NoSlot);
        return index;
    }
}
