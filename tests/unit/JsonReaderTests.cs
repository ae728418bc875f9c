using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class JsonReaderTests
{
    [TestMethod]
    public void Read_delivers_every_token_in_order()
    {
        string json = " {\"a\" : [1, true,false ,null, \"x\"] ,\"b\":{}, \"c\":[]}\r\n\t";
        Assert.AreEqual("{ a: [ # t f n 'x' ] b: { } c: [ ] } .", JsonTokens.Of(Begin(json)));
    }

    [TestMethod]
    [DataRow("7", "# .")]
    [DataRow("\"\"", "'' .")]
    [DataRow("true", "t .")]
    [DataRow("false", "f .")]
    [DataRow("null", "n .")]
    [DataRow("[]", "[ ] .")]
    public void Read_takes_any_value_as_the_root(string json, string tokens) =>
        Assert.AreEqual(tokens, JsonTokens.Of(Begin(json)));

    [TestMethod]
    [DataRow("{\"id\":\"x\",\"id\":1}", "{ id: 'x' !")]
    [DataRow("{\"id\":\"x\",}", "{ id: 'x' !")]
    [DataRow("{\"id\":\"x\"", "{ id: 'x' !")]
    [DataRow("{\"id\":12", "{ id: # !")]
    [DataRow("{\"id\" 1}", "{ id: !")]
    [DataRow("{\"id\":\"x\"} ]", "{ id: 'x' } !")]
    [DataRow("", "!")]
    public void Read_delivers_what_comes_before_the_error(string json, string tokens) =>
        Assert.AreEqual(tokens, JsonTokens.Of(Begin(json)));

    [TestMethod]
    public void Read_keeps_answering_the_error()
    {
        JsonReader reader = Begin("[1 2]");
        JsonTokens.Of(reader);
        Assert.AreEqual((int)JsonToken.Error, (int)reader.Read());
        Assert.AreEqual((int)JsonError.UnexpectedByte, (int)reader.Error);
        Assert.AreEqual(3, reader.Position);
        Assert.IsFalse(reader.Skip());
    }

    [TestMethod]
    [DataRow("{\"a\":1,\"a\":2}", (int)JsonError.DuplicateMember, 7)]
    [DataRow("[nul1]", (int)JsonError.UnexpectedByte, 4)]
    [DataRow("[-]", (int)JsonError.BadNumber, 2)]
    public void Read_goes_nowhere_after_an_error(string json, int error, int position)
    {
        JsonReader reader = Begin(json);
        JsonTokens.Of(reader);
        for (int i = 0; i < 3; i++)
        {
            Assert.AreEqual(error, (int)reader.Error);
            Assert.AreEqual(position, reader.Position);
            Assert.AreEqual((int)JsonToken.Error, (int)reader.Read());
        }
    }

    [TestMethod]
    public void Read_keeps_answering_the_end()
    {
        JsonReader reader = Begin("[]");
        JsonTokens.Of(reader);
        Assert.AreEqual((int)JsonToken.End, (int)reader.Read());
        Assert.AreEqual((int)JsonError.None, (int)reader.Error);
        Assert.AreEqual(0, reader.Depth);
    }

    [TestMethod]
    public void Read_refuses_before_anything_has_begun()
    {
        JsonReader reader = new JsonReader(16, 1, 1);
        Assert.AreEqual((int)JsonToken.Error, (int)reader.Read());
        Assert.AreEqual((int)JsonError.Truncated, (int)reader.Error);
    }

    [TestMethod]
    public void Begin_forgets_what_was_read_before()
    {
        JsonReader reader = Begin("{\"a\":[{\"b\":!");
        JsonTokens.Of(reader);
        byte[] next = Encoding.UTF8.GetBytes("{\"a\":{\"b\":1}}");
        reader.Begin(next, 0, next.Length);
        Assert.AreEqual((int)JsonError.None, (int)reader.Error);
        Assert.AreEqual(0, reader.Position);
        Assert.AreEqual("{ a: { b: # } } .", JsonTokens.Of(reader));
    }

    [TestMethod]
    public void Begin_reads_only_its_range_and_counts_positions_from_there()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("]]] [1,!] 5");
        JsonReader reader = new JsonReader(64, 4, 32);
        reader.Begin(bytes, 4, 3);
        Assert.AreEqual("[ # !", JsonTokens.Of(reader));
        Assert.AreEqual((int)JsonError.Truncated, (int)reader.Error);
        Assert.AreEqual(3, reader.Position);
        reader.Begin(bytes, 4, 4);
        Assert.AreEqual("[ # !", JsonTokens.Of(reader));
        Assert.AreEqual(3, reader.Position);
        Assert.AreEqual((int)JsonError.UnexpectedByte, (int)reader.Error);
    }

    [TestMethod]
    [DataRow("0", "0")]
    [DataRow("-0", "0")]
    [DataRow("-17", "-17")]
    [DataRow("1764000000", "1764000000")]
    [DataRow("9223372036854775807", "9223372036854775807")]
    [DataRow("-9223372036854775808", "-9223372036854775808")]
    public void TryGetInt64_gives_the_value(string json, string value)
    {
        JsonReader reader = Begin("[" + json + "]");
        reader.Read();
        reader.Read();
        Assert.IsTrue(reader.TryGetInt64(out long actual));
        Assert.AreEqual(long.Parse(value), actual);
    }

    [TestMethod]
    [DataRow("9223372036854775808")]
    [DataRow("-9223372036854775809")]
    [DataRow("92233720368547758070")]
    [DataRow("99999999999999999999999999")]
    [DataRow("1.0")]
    [DataRow("1e2")]
    [DataRow("-1E0")]
    [DataRow("\"1\"")]
    [DataRow("null")]
    [DataRow("[1]")]
    public void TryGetInt64_refuses_what_is_no_whole_number_of_64_bits(string json)
    {
        JsonReader reader = Begin(json);
        reader.Read();
        Assert.IsFalse(reader.TryGetInt64(out long value));
        Assert.AreEqual(0L, value);
        Assert.AreEqual((int)JsonError.None, (int)reader.Error);
    }

    [TestMethod]
    public void TryGetInt64_knows_no_number_of_the_payload_before()
    {
        JsonReader reader = Begin("1");
        reader.Read();
        reader.Begin(new byte[2], 0, 2);
        Assert.IsFalse(reader.TryGetInt64(out long value));
        Assert.AreEqual(0L, value);
    }

    [TestMethod]
    public void TextIs_compares_the_decoded_text()
    {
        JsonReader reader = Begin("{\"na\\u006de\":\"\"}");
        reader.Read();
        reader.Read();
        Assert.IsTrue(reader.TextIs("name"));
        Assert.IsFalse(reader.TextIs("nam"));
        Assert.IsFalse(reader.TextIs("names"));
        Assert.IsFalse(reader.TextIs("Name"));
        Assert.IsFalse(reader.TextIs("namE"));
        Assert.IsFalse(reader.TextIs(""));
        reader.Read();
        Assert.IsTrue(reader.TextIs(""));
        Assert.AreEqual("", reader.TextToString());
    }

    [TestMethod]
    [DataRow("{\"a\":5,\"z\":1}", 2)]
    [DataRow("{\"a\":{\"b\":[{}]},\"z\":1}", 2)]
    [DataRow("{\"a\":[[1],[]],\"z\":1}", 2)]
    [DataRow("{\"a\":[[1],[]],\"z\":1}", 3)]
    [DataRow("{\"a\":{},\"z\":1}", 3)]
    [DataRow("{\"a\":\"s\",\"z\":1}", 3)]
    public void Skip_ends_before_the_next_member(string json, int tokens)
    {
        JsonReader reader = Begin(json);
        for (int i = 0; i < tokens; i++) reader.Read();
        Assert.IsTrue(reader.Skip());
        Assert.AreEqual("z: # } .", JsonTokens.Of(reader));
    }

    [TestMethod]
    public void Skip_takes_the_root_when_nothing_has_been_read()
    {
        JsonReader reader = Begin("{\"a\":[1]}");
        Assert.IsTrue(reader.Skip());
        Assert.AreEqual(".", JsonTokens.Of(reader));
    }

    [TestMethod]
    [DataRow("{\"a\":{\"b\":1,\"b\":2}}", (int)JsonError.DuplicateMember)]
    [DataRow("{\"a\":[01]}", (int)JsonError.BadNumber)]
    [DataRow("{\"a\":[[[[]]]]}", (int)JsonError.TooDeep)]
    [DataRow("{\"a\":[1", (int)JsonError.Truncated)]
    public void Skip_checks_what_it_skips(string json, int error)
    {
        JsonReader reader = Begin(json);
        reader.Read();
        reader.Read();
        Assert.IsFalse(reader.Skip());
        Assert.AreEqual(error, (int)reader.Error);
    }

    [TestMethod]
    public void Read_decodes_each_string_where_it_lies()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("..{\"\\u0061b\":\"x\\n\u00e9\\\"\"}..");
        JsonReader reader = new JsonReader(64, 1, 1);
        reader.Begin(bytes, 2, bytes.Length - 4);
        reader.Read();
        Assert.AreEqual((int)JsonToken.Name, (int)reader.Read());
        Assert.IsTrue(bytes == reader.Buffer);
        Assert.AreEqual(4, reader.TextOffset);
        Assert.AreEqual(2, reader.TextCount);
        Assert.AreEqual((int)'a', (int)bytes[4]);
        Assert.AreEqual((int)JsonToken.String, (int)reader.Read());
        Assert.AreEqual(14, reader.TextOffset);
        Assert.AreEqual("x\n\u00e9\"", Encoding.UTF8.GetString(bytes, 14, reader.TextCount));
        Assert.AreEqual("} .", JsonTokens.Of(reader));
        Assert.AreEqual((int)'.', (int)bytes[bytes.Length - 1]);
    }

    [TestMethod]
    public void JsonErrors_has_a_text_for_every_error()
    {
        for (int i = 0; i <= (int)JsonError.LoneSurrogate; i++)
        {
            string text = JsonErrors.TextOf((JsonError)i);
            Assert.AreNotEqual("unknown error", text);
            Assert.AreNotEqual("", text, "error " + i);
        }

        Assert.AreEqual("unknown error", JsonErrors.TextOf(JsonError.LoneSurrogate + 1));
    }

    private static JsonReader Begin(string json)
    {
        JsonReader reader = new JsonReader(2048, 4, 32);
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        reader.Begin(bytes, 0, bytes.Length);
        return reader;
    }
}
