using System;
using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class JsonWriterTests
{
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
        writer.Name("e");
        writer.Boolean(false);
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

    private static void Check(string expected, JsonWriter writer)
    {
        Assert.IsFalse(writer.Overflowed);
        byte[] actual = writer.ToArray();
        Assert.AreEqual(actual.Length, writer.Count);
        Assert.AreEqual(expected, Encoding.UTF8.GetString(actual, 0, actual.Length));
    }
}
