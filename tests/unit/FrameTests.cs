using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class FrameTests
{
    private const uint Sequence = 7;

    [TestMethod]
    public void Integers_are_little_endian()
    {
        byte[] buffer = new byte[6];
        Frame.PutUInt16(buffer, 0, 0xBEEF);
        Frame.PutUInt32(buffer, 2, 0xFEDCBA98u);
        Assert.AreEqual(0xEF, (int)buffer[0]);
        Assert.AreEqual(0xBE, (int)buffer[1]);
        Assert.AreEqual(0x98, (int)buffer[2]);
        Assert.AreEqual(0xFE, (int)buffer[5]);
        Assert.AreEqual(0xBEEF, Frame.GetUInt16(buffer, 0));
        Assert.AreEqual(0xFEDCBA98u, Frame.GetUInt32(buffer, 2));
    }

    [TestMethod]
    public void Sealed_group_is_a_group_and_keeps_its_content()
    {
        byte[] group = Sealed();
        byte[] content = StorageBoard.Group(2, 3);
        Assert.IsTrue(IsGroup(group, 2));
        Assert.AreEqual(0x20, (int)group[Frame.Group]);
        Assert.AreEqual(0x21, (int)group[Frame.SizeBytes + Frame.Group]);
        for (int i = Frame.Slot; i < Frame.BodyBytes; i++)
        {
            Assert.AreEqual((int)content[i], (int)group[i]);
        }
    }

    [TestMethod]
    public void Group_of_another_sequence_is_none()
    {
        byte[] group = Sealed();
        Assert.IsFalse(new Checksum().IsGroup(Sequence + 1, group, 0, 2));
        Assert.IsFalse(new Checksum().IsGroup(0, group, 0, 2));
    }

    [TestMethod]
    public void Flipped_bit_anywhere_makes_it_none()
    {
        byte[] group = Sealed();
        for (int i = 0; i < group.Length; i++)
        {
            byte bit = (byte)(1 << (i % 8));
            group[i] ^= bit;
            Assert.IsFalse(IsGroup(group, 2), "byte " + i);
            group[i] ^= bit;
        }

        Assert.IsTrue(IsGroup(group, 2));
    }

    [TestMethod]
    public void First_frame_can_be_checked_alone()
    {
        byte[] group = Sealed();
        group[Frame.SizeBytes + Frame.Name] ^= 1;
        Assert.IsTrue(IsGroup(group, 1));
        Assert.IsFalse(IsGroup(group, 2));
    }

    [TestMethod]
    public void Second_frame_alone_is_no_group()
    {
        byte[] group = Sealed();
        Assert.IsFalse(new Checksum().IsGroup(
            Sequence, group, Frame.SizeBytes, 1));
    }

    [TestMethod]
    public void Group_has_no_more_frames_than_it_says()
    {
        byte[] group = StorageBoard.Group(2, 3);
        new Checksum().Seal(Sequence, group, 0, 1);
        Assert.IsTrue(IsGroup(group, 1));
        Assert.IsFalse(IsGroup(group, 2));
    }

    [TestMethod]
    public void Erased_and_burnt_frames_are_no_group()
    {
        byte[] frame = new byte[Frame.SizeBytes];
        Assert.IsFalse(IsGroup(frame, 1));
        for (int i = 0; i < frame.Length; i++)
        {
            frame[i] = 0xFF;
        }

        Assert.IsFalse(IsGroup(frame, 1));
    }

    private static byte[] Sealed()
    {
        byte[] group = StorageBoard.Group(2, 3);
        new Checksum().Seal(Sequence, group, 0, 2);
        return group;
    }

    private static bool IsGroup(byte[] group, int count) =>
        new Checksum().IsGroup(Sequence, group, 0, count);
}
