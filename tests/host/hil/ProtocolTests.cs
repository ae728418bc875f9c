using System.Text;
using Keyway.Boards.StimulatorProtocol;

namespace Keyway.Tests.Host;

/// <summary>The lines of KEYWAY-STIM 1.</summary>
[TestClass]
public sealed class ProtocolTests
{
    [TestMethod]
    [DataRow("hello")]
    [DataRow("press 5 60")]
    [DataRow("press # 60000")]
    [DataRow("release *")]
    [DataRow("power on")]
    [DataRow("power off")]
    [DataRow("door open")]
    [DataRow("door closed")]
    public void Request_that_was_read_is_written_alike(string line)
    {
        var request = new Request();

        Assert.AreEqual(ProtocolError.Ok, request.Read(line.Split(' ')));
        Assert.AreEqual(line, request.ToLine());
    }

    [TestMethod]
    [DataRow("", ProtocolError.UnknownWord)]
    [DataRow("Hello", ProtocolError.UnknownWord)]
    [DataRow(" hello", ProtocolError.UnknownWord)]
    [DataRow("hello you", ProtocolError.ExtraWord)]
    [DataRow("press 5", ProtocolError.MissingWord)]
    [DataRow("press 5 60 60", ProtocolError.ExtraWord)]
    [DataRow("press a 60", ProtocolError.UnknownKey)]
    [DataRow("press 12 60", ProtocolError.UnknownKey)]
    [DataRow("press  60", ProtocolError.UnknownKey)]
    [DataRow("press 5 0", ProtocolError.BadTime)]
    [DataRow("press 5 060", ProtocolError.BadTime)]
    [DataRow("press 5 -60", ProtocolError.BadTime)]
    [DataRow("press 5 60001", ProtocolError.BadTime)]
    [DataRow("press 5 99999999999999999999", ProtocolError.BadTime)]
    [DataRow("press 5 ", ProtocolError.BadTime)]
    [DataRow("release", ProtocolError.MissingWord)]
    [DataRow("power", ProtocolError.MissingWord)]
    [DataRow("power maybe", ProtocolError.BadState)]
    [DataRow("door on", ProtocolError.BadState)]
    public void Request_with_a_mistake_is_refused(string line, ProtocolError expected) =>
        Assert.AreEqual(expected, new Request().Read(line.Split(' ')));

    [TestMethod]
    [DataRow("KEYWAY-STIM 1 at 12")]
    [DataRow("KEYWAY-STIM 2 at 12")]
    [DataRow("ok press 5 60 at 123456789012")]
    [DataRow("ok power off at 0")]
    [DataRow("released # at 7")]
    [DataRow("strike on at 7")]
    [DataRow("strike off at 7")]
    [DataRow("error key_is_down")]
    public void Report_that_was_read_is_written_alike(string line)
    {
        var report = new Report();

        Assert.AreEqual(ProtocolError.Ok, report.Read(line.Split(' ')));
        Assert.AreEqual(line, report.ToLine());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("ok")]
    [DataRow("at 5")]
    [DataRow("ok at 5")]
    [DataRow("ok press 5 60")]
    [DataRow("ok press 5 60 at -1")]
    [DataRow("ok sing at 5")]
    [DataRow("KEYWAY-STIM at 5")]
    [DataRow("KEYWAY-STIM 4294967297 at 5")]
    [DataRow("released  at 5")]
    [DataRow("released x at 5")]
    [DataRow("strike at 5")]
    [DataRow("strike on off at 5")]
    [DataRow("strike maybe at 5")]
    [DataRow("error")]
    [DataRow("error of_mine")]
    [DataRow("error ok")]
    public void Report_with_a_mistake_is_refused(string line) =>
        Assert.AreNotEqual(ProtocolError.Ok, new Report().Read(line.Split(' ')));

    [TestMethod]
    public void Every_error_has_a_name_of_its_own()
    {
        foreach (ProtocolError error in Enum.GetValues<ProtocolError>())
        {
            bool isFound = ProtocolWords.TryFindError(
                ProtocolWords.NameOf(error), out ProtocolError found);
            Assert.AreEqual(error != ProtocolError.Ok, isFound);
            Assert.AreEqual(error, found);
        }
    }

    [TestMethod]
    public void Line_ends_with_LF_and_may_have_CR()
    {
        CollectionAssert.AreEqual(
            (string[])["hello", "press|5|60"], Lines("hello\n\n\r\npress 5 60\r\nhal"));
    }

    [TestMethod]
    public void Bad_line_is_passed_over_whole()
    {
        string longest = new('x', ProtocolLimits.LineMaxBytes);

        CollectionAssert.AreEqual(
            (string[])["NotText", longest, "LineTooLong", "ExtraWord", "hello"],
            Lines($"press\t5 60\n{longest}\n{longest} press 5 60\na b c d e f g h i\nhello\n"));
    }

    [TestMethod]
    public void Random_bytes_break_nothing()
    {
        var random = new Random(1);
        var reader = new LineReader();
        byte[] letters = Encoding.ASCII.GetBytes("pres 5hlowat01#*\n\n\r\t");
        int lines = 0;
        for (int i = 0; i < 200_000; i++)
        {
            byte value = random.Next(50) == 0
                ? (byte)random.Next(256) : letters[random.Next(letters.Length)];
            if (reader.Add(value) && reader.Error == ProtocolError.Ok)
            {
                new Request().Read(reader.Words);
                new Report().Read(reader.Words);
                lines++;
            }
        }

        Assert.IsGreaterThan(1000, lines);
    }

    private static string[] Lines(string bytes)
    {
        var reader = new LineReader();
        var lines = new List<string>();
        foreach (byte value in Encoding.ASCII.GetBytes(bytes))
        {
            if (reader.Add(value))
            {
                lines.Add(reader.Error == ProtocolError.Ok
                    ? string.Join('|', reader.Words) : reader.Error.ToString());
            }
        }

        return [.. lines];
    }
}
