using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class Iso8601Tests
{
    [TestMethod]
    [DataRow("1970-01-01T00:00:00Z", 0)]
    [DataRow("2000-02-29T23:59:59Z", 951868799)]
    [DataRow("2026-11-24T10:00:00Z", 1795514400)]
    [DataRow("2026-11-24t10:00:00z", 1795514400)]
    [DataRow("2026-11-24T10:00Z", 1795514400)]
    [DataRow("2026-11-24T10:00:07.9Z", 1795514407)]
    [DataRow("2026-11-24T10:00:07.999999999Z", 1795514407)]
    [DataRow("2026-11-24T10:00:00+00:00", 1795514400)]
    [DataRow("2026-11-24T10:00:00-00:00", 1795514400)]
    [DataRow("2026-11-24T12:00:00+02:00", 1795514400)]
    [DataRow("2026-11-24T12:00:00.5+0200", 1795514400)]
    [DataRow("2026-11-24T12:00+02:00", 1795514400)]
    [DataRow("2026-11-24T12:00+0200", 1795514400)]
    [DataRow("2026-11-24T00:30:00-09:30", 1795514400)]
    [DataRow("2026-11-25T09:59:00+23:59", 1795514400)]
    [DataRow("2026-11-23T10:01:00-23:59", 1795514400)]
    [DataRow("1969-12-31T23:59:59-01:00", 3599)]
    [DataRow("2027-01-01T00:30:00+01:00", 1798759800)]
    public void TryRead_gives_the_instant(string text, int unixSeconds)
    {
        Assert.IsTrue(TryRead(text, out long actual));
        Assert.AreEqual((long)unixSeconds, actual);
    }

    [TestMethod]
    [DataRow("2026-11-24T10:00:00")]
    [DataRow("2026-11-24T10:00")]
    [DataRow("2026-11-24")]
    [DataRow("")]
    [DataRow("Z")]
    [DataRow("2026-11-24 10:00:00Z")]
    [DataRow("2026-11-24T10Z")]
    [DataRow("2026-11-24T10:00:Z")]
    [DataRow("2026-11-24T10:00:0Z")]
    [DataRow("2026-11-24T10:00:00.Z")]
    [DataRow("2026-11-24T10:00:00,5Z")]
    [DataRow("2026-11-24T10:00:00.1234567890Z")]
    [DataRow("2026-11-24T10:00.5Z")]
    [DataRow("2026-11-24T10:00:00.5")]
    [DataRow("2026-11-24T10:00:00ZZ")]
    [DataRow("2026-11-24T10:00:00Z ")]
    [DataRow(" 2026-11-24T10:00:00Z")]
    [DataRow("2026-11-24T10:00:00+02")]
    [DataRow("2026-11-24T10:00:00+2:00")]
    [DataRow("2026-11-24T10:00:00+02:0")]
    [DataRow("2026-11-24T10:00:00+02-00")]
    [DataRow("2026-11-24T10:00:00+02:00:00")]
    [DataRow("2026-11-24T10:00:00 02:00")]
    [DataRow("2026-11-24T10:00:00+24:00")]
    [DataRow("2026-11-24T10:00:00+02:60")]
    [DataRow("2026-11-24T10:00:00Z+02:00")]
    [DataRow("20261124T100000Z")]
    [DataRow("2026-W48-2T10:00:00Z")]
    [DataRow("2026-328T10:00:00.00Z")]
    [DataRow("26-11-24T10:00:00Z")]
    [DataRow("02026-11-24T10:00:00Z")]
    [DataRow("+2026-11-24T10:00:00Z")]
    [DataRow("2026-1-04T10:00:00Z")]
    [DataRow("2026/11/24T10:00:00Z")]
    [DataRow("2026-11/24T10:00:00Z")]
    [DataRow("2026/11-24T10:00:00Z")]
    [DataRow("2026-11-24T10-00-00Z")]
    [DataRow("2026-11-24T+1:00:00Z")]
    [DataRow("2026-11-24T 1:00:00Z")]
    [DataRow("2026-11-24T10:00:00X")]
    [DataRow("2026-11-24T1a:00:00Z")]
    public void TryRead_refuses_another_spelling(string text) => Refuses(text);

    [TestMethod]
    [DataRow("2026-00-24T10:00:00Z")]
    [DataRow("2026-13-24T10:00:00Z")]
    [DataRow("2026-11-00T10:00:00Z")]
    [DataRow("2026-11-31T10:00:00Z")]
    [DataRow("2026-01-32T10:00:00Z")]
    [DataRow("2026-04-31T10:00:00Z")]
    [DataRow("2026-02-29T10:00:00Z")]
    [DataRow("2028-02-30T10:00:00Z")]
    [DataRow("2100-02-29T10:00:00Z")]
    [DataRow("2026-11-24T24:00:00Z")]
    [DataRow("2026-11-24T10:60:00Z")]
    [DataRow("2016-12-31T23:59:60Z")]
    public void TryRead_refuses_what_no_clock_shows(string text) => Refuses(text);

    [TestMethod]
    [DataRow("1969-12-31T23:59:59Z")]
    [DataRow("1970-01-01T00:59:59+01:00")]
    [DataRow("2106-02-07T06:28:16Z")]
    [DataRow("2106-02-07T05:28:16-01:00")]
    [DataRow("0000-01-01T00:00:00Z")]
    [DataRow("0001-01-01T00:00:00Z")]
    [DataRow("9999-12-31T23:59:59Z")]
    public void TryRead_refuses_what_32_bits_cannot_hold(string text) => Refuses(text);

    [TestMethod]
    public void TryRead_reaches_the_last_second_of_32_bits()
    {
        Assert.IsTrue(TryRead("2106-02-07T06:28:15Z", out long utc));
        Assert.AreEqual(Iso8601.Maximum, utc);
        Assert.IsTrue(TryRead("2106-02-07T07:28:15+01:00", out long east));
        Assert.AreEqual(Iso8601.Maximum, east);
    }

    [TestMethod]
    public void TryRead_reads_only_its_range()
    {
        byte[] text = Encoding.UTF8.GetBytes("12026-11-24T10:00:00Z5");
        Assert.IsTrue(Iso8601.TryRead(text, 1, 20, out long unixSeconds));
        Assert.AreEqual(1795514400L, unixSeconds);
        Assert.IsFalse(Iso8601.TryRead(text, 1, 19, out unixSeconds));
        Assert.IsFalse(Iso8601.TryRead(text, 1, 21, out unixSeconds));
        Assert.IsFalse(Iso8601.TryRead(text, 0, 20, out unixSeconds));
    }

    [TestMethod]
    [DataRow(0, "1970-01-01T00:00:00Z")]
    [DataRow(951782400, "2000-02-29T00:00:00Z")]
    [DataRow(951868800, "2000-03-01T00:00:00Z")]
    [DataRow(1795514400, "2026-11-24T10:00:00Z")]
    [DataRow(1798761599, "2026-12-31T23:59:59Z")]
    [DataRow(1798761600, "2027-01-01T00:00:00Z")]
    [DataRow(2147483647, "2038-01-19T03:14:07Z")]
    public void ToText_gives_UTC(int unixSeconds, string text) =>
        Assert.AreEqual(text, Iso8601.ToText(unixSeconds));

    [TestMethod]
    [DataRow(0, 1096)]
    [DataRow(10592, 1096)]
    [DataRow(47117, 1095)]
    public void Three_years_are_36_months_that_begin_with_day_1(int firstDay, int days)
    {
        byte[] text = new byte[Iso8601.SizeBytes];
        string month = "";
        int months = 0;
        for (int i = 0; i < days; i++)
        {
            long day = 86400L * (firstDay + i);
            Assert.AreEqual(20, Iso8601.Write(day, text, 0));
            Assert.IsTrue(Iso8601.TryRead(text, 0, 20, out long again));
            Assert.AreEqual(day, again);
            string next = Encoding.UTF8.GetString(text, 5, 2);
            if (next == month) continue;
            month = next;
            months++;
            Assert.AreEqual("01T", Encoding.UTF8.GetString(text, 8, 3));
        }

        Assert.AreEqual(36, months);
    }

    [TestMethod]
    public void Write_fills_20_bytes_at_its_offset()
    {
        byte[] buffer = Encoding.UTF8.GetBytes("[....................]");
        Assert.AreEqual(20, Iso8601.Write(Iso8601.Maximum, buffer, 1));
        Assert.AreEqual("[2106-02-07T06:28:15Z]", Encoding.UTF8.GetString(buffer, 0, 22));
    }

    [TestMethod]
    public void Write_leaves_the_buffer_when_the_instant_is_out_of_range()
    {
        byte[] buffer = new byte[20];
        Assert.AreEqual(0, Iso8601.Write(-1, buffer, 0));
        Assert.AreEqual(0, Iso8601.Write(Iso8601.Maximum + 1, buffer, 0));
        Assert.AreEqual(0, (int)buffer[0]);
        Assert.AreEqual("", Iso8601.ToText(-1));
    }

    private static void Refuses(string text)
    {
        Assert.IsFalse(TryRead(text, out long unixSeconds));
        Assert.AreEqual(0L, unixSeconds);
    }

    private static bool TryRead(string text, out long unixSeconds)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Iso8601.TryRead(bytes, 0, bytes.Length, out unixSeconds);
    }
}
