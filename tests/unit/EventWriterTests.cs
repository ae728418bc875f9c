using Keyway.Boards.Virtual;
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
        Outbox outbox = new();
        Writer(outbox, new VirtualClock()).Entry((CodeMatch)match, TestBook.Id(5));
        string text = Drain(outbox);
        Assert.IsTrue(text.IndexOf("'event_type':" + type) > 0, text);
        Assert.IsTrue(text.EndsWith(end), text);
    }

    [TestMethod]
    public void Events_are_numbered_dated_and_have_ids_of_their_own()
    {
        Outbox outbox = new();
        VirtualClock clock = new();
        EventWriter writer = Writer(outbox, clock);
        writer.StorageTrouble("broken");
        string first = Drain(outbox);
        clock.SetUtc(0);
        writer.StorageTrouble("broken");
        string second = Drain(outbox);
        Assert.IsTrue(first.IndexOf("'sequence':1,'occurred_at':null") > 0, first);
        Assert.IsTrue(
            second.IndexOf("'sequence':2,'occurred_at':'1970-01-01T00:00:00Z'") > 0, second);
        Assert.AreNotEqual(IdOf(first), IdOf(second));
    }

    [TestMethod]
    public void CommandRefused_names_topic_and_reason()
    {
        Outbox outbox = new();
        Writer(outbox, new VirtualClock()).CommandRefused("a/b", "say \"no\"");
        string text = Drain(outbox);
        Assert.IsTrue(text.IndexOf("'event_type':'keyway.command_refused'") > 0, text);
        Assert.IsTrue(text.EndsWith(",'topic':'a/b','message':'say \\'no\\''}"), text);
    }

    private static EventWriter Writer(Outbox outbox, VirtualClock clock) =>
        new(outbox, new Topics("d1"), clock, new SeededRandom(1));

    private static string Drain(Outbox outbox)
    {
        LoopbackSession broker = new();
        broker.BeginConnect("will", new byte[0]);
        outbox.Step(broker);
        Assert.AreEqual(1, broker.PublishedCount);
        Assert.AreEqual("keyway/v1/d1/events", broker.Published(0).Topic);
        return TestJson.Text(broker.Published(0).Payload);
    }

    private static string IdOf(string text)
    {
        string start = "{'event_id':'";
        Assert.IsTrue(text.StartsWith(start), text);
        return text.Substring(start.Length, Uuid.TextSizeBytes);
    }
}
