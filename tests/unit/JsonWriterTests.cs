using System;
using System.Text;
using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class JsonWriterTests
{
    private const string IdText = "01234567-89ab-cdef-0123-456789abcdef";

    [TestMethod]
    public void A_document_has_commas_where_they_belong()
    {
        JsonWriter writer = new JsonWriter(256);
        writer.BeginObject();
        writer.Member("a", "x");
        writer.Name("b");
        writer.BeginArray();
        writer.Number(1);
        writer.BeginObject();
        writer.EndObject();
        writer.BeginObject();
        writer.Member("c", true);
        writer.EndObject();
        writer.BeginArray();
        writer.EndArray();
        writer.Null();
        writer.String("s");
        writer.EndArray();
        writer.Member("d", 2);
        writer.Member("e", false);
        writer.EndObject();
        Check("{\"a\":\"x\",\"b\":[1,{},{\"c\":true},[],null,\"s\"],\"d\":2,\"e\":false}", writer);
    }

    [TestMethod]
    public void Member_writes_null_for_a_null_string()
    {
        JsonWriter writer = new JsonWriter(64);
        writer.BeginObject();
        writer.Member("error", null);
        writer.Member("name", "");
        writer.EndObject();
        Check("{\"error\":null,\"name\":\"\"}", writer);
    }

    [TestMethod]
    public void String_writes_null_for_null()
    {
        JsonWriter writer = new JsonWriter(64);
        writer.BeginArray();
        writer.String(null);
        writer.String(null);
        writer.EndArray();
        Check("[null,null]", writer);
    }

    [TestMethod]
    [DataRow("plain / text", "plain / text")]
    [DataRow("\"", "\\\"")]
    [DataRow("\\", "\\\\")]
    [DataRow("a\"b\\c", "a\\\"b\\\\c")]
    [DataRow("\b\f\n\r\t", "\\b\\f\\n\\r\\t")]
    [DataRow("\u0001x\u001f", "\\u0001x\\u001f")]
    [DataRow("\u000b", "\\u000b")]
    [DataRow("\u007f", "\u007f")]
    [DataRow("eight by\\te", "eight by\\\\te")]
    [DataRow("eight bytes \u00fc\u001f", "eight bytes \u00fc\\u001f")]
    public void String_escapes_what_must_be(string value, string escaped)
    {
        JsonWriter writer = new JsonWriter(64);
        writer.String(value);
        Check("\"" + escaped + "\"", writer);
    }

    [TestMethod]
    public void String_writes_only_the_range_of_its_bytes()
    {
        byte[] utf8 = Encoding.UTF8.GetBytes("xx\u00e9\n\u20ac\"yy");
        JsonWriter writer = new JsonWriter(64);
        writer.BeginArray();
        writer.String(utf8, 2, utf8.Length - 5);
        writer.String(utf8, 2, 0);
        writer.String(utf8, utf8.Length - 3, 1);
        writer.EndArray();
        Check("[\"\u00e9\\n\u20ac\",\"\",\"\\\"\"]", writer);
    }

    [TestMethod]
    public void String_escapes_a_NUL_byte()
    {
        byte[] utf8 = { (byte)'a', 0, (byte)'b' };
        JsonWriter writer = new JsonWriter(64);
        writer.String(utf8, 0, 3);
        Check("\"a\\u0000b\"", writer);
    }

    [TestMethod]
    public void Number_writes_every_long()
    {
        JsonWriter writer = new JsonWriter(128);
        writer.BeginArray();
        writer.Number(0);
        writer.Number(-1);
        writer.Number(1764000000);
        writer.Number(4294967295);
        writer.Number(long.MaxValue);
        writer.Number(long.MinValue);
        writer.EndArray();
        Check(
            "[0,-1,1764000000,4294967295,9223372036854775807,-9223372036854775808]", writer);
    }

    [TestMethod]
    public void What_is_written_can_be_read_again()
    {
        string value = "\u0001\"\\/\b \u00e9\u20ac\ud83d\ude00";
        JsonWriter writer = new JsonWriter(128);
        writer.String(value);
        byte[] json = writer.ToArray();
        JsonReader reader = new JsonReader(128, 1, 1);
        reader.Begin(json, 0, json.Length);
        Assert.AreEqual((int)JsonToken.String, (int)reader.Read());
        Assert.AreEqual(value, reader.TextToString());
        Assert.AreEqual((int)JsonToken.End, (int)reader.Read());
    }

    [TestMethod]
    public void A_document_may_fill_the_buffer()
    {
        JsonWriter writer = new JsonWriter(8);
        writer.String("123456");
        Assert.AreEqual(8, writer.Count);
        Check("\"123456\"", writer);
    }

    [TestMethod]
    public void A_document_may_be_one_byte()
    {
        JsonWriter writer = new JsonWriter(1);
        writer.Number(7);
        Check("7", writer);
    }

    [TestMethod]
    [DataRow("1234567")]
    [DataRow("12345\n")]
    [DataRow("12345678901234567890")]
    public void A_document_that_does_not_fit_is_dropped_as_a_whole(string value)
    {
        JsonWriter writer = new JsonWriter(8);
        writer.String(value);
        Assert.IsTrue(writer.Overflowed);
        Assert.AreEqual(0, writer.Count);
        Assert.AreEqual(0, writer.ToArray().Length);
        writer.Number(1);
        Assert.IsTrue(writer.Overflowed);
        Assert.AreEqual(0, writer.Count);
    }

    [TestMethod]
    public void Reset_begins_anew_after_an_overflow()
    {
        JsonWriter writer = new JsonWriter(4);
        writer.BeginArray();
        writer.String("too long");
        writer.Reset();
        writer.BeginArray();
        writer.Number(12);
        writer.EndArray();
        Check("[12]", writer);
    }

    [TestMethod]
    public void ToArray_gives_an_array_of_its_own()
    {
        JsonWriter writer = new JsonWriter(8);
        writer.Number(1);
        byte[] first = writer.ToArray();
        writer.Reset();
        writer.Number(2);
        Assert.AreEqual(1, first.Length);
        Assert.AreEqual((int)'1', (int)first[0]);
    }

    [TestMethod]
    public void A_writer_without_room_cannot_be_made() =>
        Assert.ThrowsException(typeof(ArgumentOutOfRangeException), () => new JsonWriter(0));

    [TestMethod]
    public void The_buffer_holds_the_document_behind_a_headroom()
    {
        JsonWriter writer = new JsonWriter(8);
        writer.Raw("[12]");
        Assert.AreEqual(8 + MqttMessage.HeadroomBytes, writer.Buffer.Length);
        Assert.AreEqual(4, writer.Count);
        Assert.AreEqual("[12]",
            Encoding.UTF8.GetString(writer.Buffer, MqttMessage.HeadroomBytes, writer.Count));
    }

    [TestMethod]
    public void The_headroom_may_be_overwritten()
    {
        JsonWriter writer = new JsonWriter(8);
        for (int i = 0; i < MqttMessage.HeadroomBytes; i++) writer.Buffer[i] = (byte)'x';
        writer.Reset();
        writer.Number(7);
        Check("7", writer);
    }

    [TestMethod]
    public void Commas_stand_between_runs_and_members()
    {
        JsonWriter writer = new JsonWriter(256);
        writer.Raw("{\"a\":1,\"b\":{");
        writer.Member("c", 2);
        writer.Raw("},\"d\":");
        writer.BeginArray();
        writer.Raw("3,");
        writer.Number(4);
        writer.Raw(",[");
        writer.String("x");
        writer.Raw("]");
        writer.Null();
        writer.EndArray();
        writer.Raw(",\"e\":\"");
        writer.Uuid(Id(), 1);
        writer.Raw("!\"");
        writer.Member("f", true);
        writer.EndObject();
        Check("{\"a\":1,\"b\":{\"c\":2},\"d\":[3,4,[\"x\"],null],\"e\":\"" + IdText
            + "!\",\"f\":true}", writer);
    }

    [TestMethod]
    public void Ids_times_and_digits_are_members()
    {
        JsonWriter writer = new JsonWriter(256);
        writer.BeginObject();
        writer.MemberUuid("id", Id(), 1);
        writer.MemberTime("from", 1764000000);
        writer.MemberTime("to", 0);
        writer.MemberHex("digest", 0x0123ABCD);
        writer.Member("number", -12);
        writer.MemberTime("last", Iso8601.Maximum);
        writer.MemberTime("later", Iso8601.Maximum + 1);
        writer.MemberTime("before", -1);
        writer.EndObject();
        Check("{\"id\":\"" + IdText + "\",\"from\":\"2025-11-24T16:00:00Z\",\"to\":null,"
            + "\"digest\":\"0123abcd\",\"number\":-12,"
            + "\"last\":\"2106-02-07T06:28:15Z\",\"later\":null,\"before\":null}", writer);
    }

    [TestMethod]
    [DataRow(37)]
    [DataRow(22)]
    [DataRow(9)]
    [DataRow(3)]
    public void Nothing_is_written_behind_the_buffer(int size)
    {
        JsonWriter writer = new JsonWriter(size);
        writer.MemberUuid("", Id(), 1);
        Assert.IsTrue(writer.Overflowed);
        writer.Reset();
        writer.Name("");
        writer.Raw("12345678901234567");
        writer.MemberTime("", 1764000000);
        Assert.IsTrue(writer.Overflowed);
        writer.Reset();
        writer.MemberHex("", 1);
        Assert.AreEqual(size < 13, writer.Overflowed);
        writer.Member("x", "12345678901234567890123456");
        Assert.IsTrue(writer.Overflowed);
        Assert.AreEqual(0, writer.Count);
    }

    private static byte[] Id()
    {
        byte[] id = new byte[18];
        Uuid.TryRead(IdText, id, 1);
        return id;
    }

    private static void Check(string expected, JsonWriter writer)
    {
        Assert.IsFalse(writer.Overflowed);
        byte[] actual = writer.ToArray();
        Assert.AreEqual(actual.Length, writer.Count);
        Assert.AreEqual(expected, Encoding.UTF8.GetString(actual, 0, actual.Length));
    }
}
