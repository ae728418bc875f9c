using System.Text;
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

        code.Bytes[AccessCode.CommonKeyOffset] = (byte)'a';

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
        other.Set(CodeOptions.Waiting, true);
        code.Bytes[AccessCode.CommonKeyOffset + 3] = 9;
        other.Bytes[AccessCode.CommonKeyOffset + 3] = 9;
        Assert.IsTrue(code.HasContentOf(other));
        int[] content =
        {
            Frame.DigitsMac, Frame.DigitsMac + 7, Frame.StartsAt, Frame.EndsAt + 3,
            AccessCode.NameOffset, AccessCode.NameOffset + Limits.NameBytes - 1,
            AccessCode.CommonKeyOffset, AccessCode.CommonKeyOffset + 7,
        };
        for (int i = 0; i < content.Length; i++)
        {
            other.Bytes[content[i]] ^= 1;
            Assert.IsFalse(code.HasContentOf(other));
            other.Bytes[content[i]] ^= 1;
        }
    }

    [TestMethod]
    public void Names_are_the_same_only_in_every_byte()
    {
        AccessCode code = Named("Anna");
        AccessCode other = Named("Anna");
        other.Bytes[AccessCode.CommonKeyOffset] = 1;
        Assert.IsTrue(code.HasName("Anna"));
        Assert.IsTrue(code.HasNameOf(other));
        Assert.IsFalse(code.HasName("Anne"));
        Assert.IsFalse(code.HasName("Ann"));
        Assert.IsFalse(code.HasName("Annas"));
        Assert.IsFalse(code.HasName("Bnna"));
        Assert.IsFalse(code.HasNameOf(Named("Bnne")), "two bytes differ");
    }

    [TestMethod]
    public void Action_digits_and_try_lie_side_by_side_and_each_stays()
    {
        AccessCode code = TestBook.Code(5);
        code.MadeDigits = 12;
        code.Action = CommandAction.Update;
        code.Try = 200;
        Assert.AreEqual(
            0xC0 | (int)CommandAction.Update, (int)code.Bytes[Second(Frame.CodeAction)]);
        Assert.AreEqual(200, (int)code.Bytes[Second(Frame.Try)]);
        code.Action = CommandAction.Create;
        code.MadeDigits = 0;
        Assert.AreEqual((int)CommandAction.Create, (int)code.Action);
        code.Action = CommandAction.Update;
        Assert.AreEqual(0, code.MadeDigits);
        Assert.AreEqual(200, code.Try);
        Assert.AreEqual((int)CommandAction.Update, (int)code.Action);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_answer_of_a_code_says_nothing_of_what_was_in_the_frame_before(bool isCarried)
    {
        AccessCode code = TestBook.Code(5);
        code.Bytes[Frame.Group] |= (byte)(isCarried ? Frame.Carried : 0);
        byte[] clean = new byte[Frame.SizeBytes];
        byte[] frame = Dirty();
        code.WriteAttempt(clean);
        code.WriteAttempt(frame);
        CollectionAssert.AreEqual(clean, frame);
        Assert.AreEqual(SectorIndex.NoSlot, Frame.GetUInt16(frame, Frame.Slot));
        Assert.AreEqual(0, (int)frame[Frame.Error]);
        Assert.AreEqual(isCarried ? Frame.Carried : 0, (int)frame[Frame.Group]);
        Assert.AreEqual(5u, Frame.GetUInt32(frame, Frame.Serial));
    }

    [TestMethod]
    public void A_tombstone_without_an_attempt_says_nothing_of_what_was_in_the_frame_before()
    {
        AccessCode code = TestBook.Code(5);
        byte[] clean = new byte[Frame.SizeBytes];
        byte[] frame = Dirty();
        code.WriteTombstone(clean, 500);
        code.WriteTombstone(frame, 500);
        CollectionAssert.AreEqual(clean, frame);
        Assert.AreEqual(SectorIndex.NoSlot, Frame.GetUInt16(frame, Frame.Slot));
        Assert.AreEqual(0u, Frame.GetUInt32(frame, Frame.Serial));
        Assert.AreEqual(500u, Frame.GetUInt32(frame, Frame.Detail));
        code.BecomeTombstone(500);
        for (int i = 0; i < clean.Length; i++)
        {
            Assert.AreEqual(clean[i], code.Bytes[i]);
        }
    }

    [TestMethod]
    public void A_code_that_forgets_its_attempt_keeps_its_content()
    {
        AccessCode code = Named("Anna");
        code.ForgetAttempt();
        Assert.AreEqual(0u, code.Serial);
        Assert.IsTrue(Uuid.AreEqual(code.Bytes, Frame.AttemptId, new byte[Uuid.SizeBytes], 0));
        Assert.IsTrue(Uuid.AreEqual(code.Bytes, Frame.AccessCodeId, TestBook.Id(5), 0));
        Assert.IsTrue(code.HasContentOf(Named("Anna")));
    }

    [TestMethod]
    [DataRow(150, 199, (int)CodeMatch.Opens)]
    [DataRow(150, 200, (int)CodeMatch.Ended)]
    [DataRow(99, 200, (int)CodeMatch.Ended)]
    public void What_has_ended_at_the_latest_time_stays_ended(int utc, int latestUtc, int match)
    {
        AccessCode code = TestBook.Code(5);
        code.StartsAt = 100;
        code.EndsAt = 200;
        Assert.AreEqual(match, (int)code.MatchAt(new Moment().Set(true, utc, latestUtc)));
    }

    private static int Second(int offset) => Frame.SizeBytes + offset;

    private static byte[] Dirty()
    {
        byte[] frame = new byte[Frame.SizeBytes];
        for (int i = 0; i < frame.Length; i++)
        {
            frame[i] = 0xFF;
        }

        return frame;
    }

    private static AccessCode Named(string name)
    {
        AccessCode code = TestBook.Code(5);
        Encoding.UTF8.GetBytes(name).CopyTo(code.Bytes, AccessCode.NameOffset);
        return code;
    }
}
