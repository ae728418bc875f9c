using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class EventWriterTests
{
    private const string Code =
        ",'access_code_id':'a77e3b70-0000-4000-8000-000000000005'}";

    [TestMethod]
    [DataRow((int)CodeMatch.Opens, "'lock.unlocked'", ",'method':'keycode'" + Code)]
    [DataRow((int)CodeMatch.Unknown, "'lock.access_denied'", ",'reason':'unknown_code'}")]
    [DataRow((int)CodeMatch.NotYet, "'lock.access_denied'", ",'reason':'before_starts_at'" + Code)]
    [DataRow((int)CodeMatch.Ended, "'lock.access_denied'", ",'reason':'after_ends_at'" + Code)]
    [DataRow((int)CodeMatch.ClockNotKnown, "'lock.access_denied'",
        ",'reason':'clock_not_known'" + Code)]
    [DataRow((int)CodeMatch.Damaged, "'lock.access_denied'", ",'reason':'code_damaged'}")]
    [DataRow((int)CodeMatch.NotReady, "'lock.access_denied'", ",'reason':'storage_not_ready'}")]
    public void Entry_says_what_came_of_it_and_whose_code_it_was(int match, string type, string end)
    {
        byte[] frame = Event(EventKind.Entry, match);
        if (end.IndexOf("access_code_id") > 0)
        {
            TestBook.Id(5).CopyTo(frame, Frame.AccessCodeId);
        }

        string text = Text(frame);
        Assert.IsTrue(text.IndexOf("'event_type':" + type) > 0, text);
        Assert.IsTrue(text.EndsWith(end), text);
    }

    [TestMethod]
    public void Event_has_the_id_number_and_time_of_its_frame()
    {
        byte[] frame = Event(EventKind.StorageTrouble, (int)StorageStatus.ChipFailed);
        TestBook.Id(7).CopyTo(frame, Frame.AttemptId);
        Frame.PutUInt32(frame, Frame.Serial, 41);
        string text = Text(frame);
        Assert.IsTrue(text.StartsWith("{'event_id':'" + TestJson.Id(7) + "'"), text);
        Assert.IsTrue(text.IndexOf("'sequence':41,'occurred_at':null") > 0, text);
        Frame.PutUInt32(frame, Frame.OccurredAt, 1);
        text = Text(frame);
        Assert.IsTrue(text.IndexOf("'occurred_at':'1970-01-01T00:00:01Z'") > 0, text);
    }

    [TestMethod]
    public void CommandRefused_names_topic_member_and_place()
    {
        byte[] frame = Event(EventKind.CommandRefused, (int)Refusal.NotJson);
        frame[Frame.EventMember] = (byte)CommandMember.Name;
        frame[Frame.EventJsonError] = (byte)JsonError.Truncated;
        Frame.PutUInt16(frame, Frame.EventNumber, 99);
        string text = Text(frame);
        Assert.IsTrue(text.IndexOf("'event_type':'keyway.command_refused'") > 0, text);
        Assert.IsTrue(text.IndexOf("keyway/v1/d1/access_codes/create: name: "
            + JsonReader.Describe(JsonError.Truncated) + " at byte 99") > 0, text);
    }

    private static byte[] Event(EventKind kind, int reason)
    {
        byte[] frame = new byte[Frame.SizeBytes];
        frame[Frame.Type] = (byte)FrameType.Event;
        frame[Frame.Action] = (byte)kind;
        frame[Frame.Reason] = (byte)reason;
        return frame;
    }

    private static string Text(byte[] frame) =>
        TestJson.Text(new EventWriter(new Topics("d1")).FromFrame(frame));
}
