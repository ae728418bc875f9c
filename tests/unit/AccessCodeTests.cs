using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class AccessCodeTests
{
    [TestMethod]
    public void Clear_leaves_two_empty_frames_of_one_group()
    {
        AccessCode code = TestBook.Code(5);
        code.Clear();
        Assert.AreEqual((int)FrameType.Code, (int)code.Bytes[Frame.Type]);
        Assert.AreEqual(0x20, (int)code.Bytes[Frame.Group]);
        Assert.AreEqual((int)FrameType.CodeDetail, (int)code.Bytes[Frame.SizeBytes + Frame.Type]);
        Assert.AreEqual(0x21, (int)code.Bytes[Frame.SizeBytes + Frame.Group]);
        int others = 0;
        for (int i = 0; i < code.Bytes.Length; i++)
        {
            others += i % Frame.SizeBytes > Frame.Group ? code.Bytes[i] : 0;
        }

        Assert.AreEqual(0x1F + 0xFF, others);
    }

    [TestMethod]
    public void Slot_stands_in_the_second_frame_where_that_must_be_loaded()
    {
        AccessCode code = TestBook.Code(5);
        code.Slot = 7999;
        Assert.AreEqual(7999, code.Slot);
        Assert.IsFalse(code.HasDetail);
        code.HasDetail = true;
        Assert.AreEqual(7999, Frame.GetUInt16(code.Bytes, Frame.SizeBytes + Frame.Slot));
    }

    [TestMethod]
    public void Times_reach_as_far_as_ISO_8601_is_read()
    {
        AccessCode code = TestBook.Code(5);
        code.StartsAt = Iso8601.Maximum - 2;
        code.EndsAt = Iso8601.Maximum - 1;
        code.CreatedAt = Iso8601.Maximum;
        Assert.AreEqual(Iso8601.Maximum - 2, code.StartsAt);
        Assert.AreEqual(Iso8601.Maximum - 1, code.EndsAt);
        Assert.AreEqual(Iso8601.Maximum, code.CreatedAt);
        Assert.AreEqual(5u, code.Serial);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(32)]
    public void NameCount_is_up_to_the_first_zero(int count)
    {
        AccessCode code = TestBook.Code(5);
        for (int i = 0; i < count; i++)
        {
            code.Bytes[AccessCode.NameOffset + i] = (byte)'a';
        }

        Assert.AreEqual(count, code.NameCount);
    }

    [TestMethod]
    public void HasContentOf_compares_digits_window_and_name_only()
    {
        AccessCode code = TestBook.Code(5);
        AccessCode other = TestBook.Code(6);
        Frame.PutUInt32(other.Bytes, Frame.DigitsMac, 5);
        other.Slot = 9;
        other.CreatedAt = 9;
        Assert.IsTrue(code.HasContentOf(other));
        int[] content =
        {
            Frame.DigitsMac, Frame.DigitsMac + 7, Frame.StartsAt, Frame.EndsAt + 3,
            AccessCode.NameOffset, AccessCode.NameOffset + Limits.NameBytes - 1,
        };
        for (int i = 0; i < content.Length; i++)
        {
            other.Bytes[content[i]] ^= 1;
            Assert.IsFalse(code.HasContentOf(other));
            other.Bytes[content[i]] ^= 1;
        }
    }
}
