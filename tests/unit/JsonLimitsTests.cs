using System;
using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class JsonLimitsTests
{
    [TestMethod]
    public void Read_refuses_a_duplicate_member_spelled_with_an_escape()
    {
        JsonReader reader = Begin("{\"code\":1,\"c\\u006fde\":2}");
        Assert.AreEqual("{ code: # !", JsonTokens.Of(reader));
        Assert.AreEqual((int)JsonError.DuplicateMember, (int)reader.Error);
        Assert.AreEqual(10, reader.Position);
    }

    [TestMethod]
    [DataRow("{\"a\":{\"b\":1,\"b\":2}}")]
    [DataRow("[{\"b\":1},{\"b\":1,\"c\":{\"b\":0},\"b\":2}]")]
    [DataRow("{\"a\":{\"b\":1},\"c\":[{\"d\":1}],\"a\":2}")]
    [DataRow("{\"\":1,\"\":2}")]
    public void Read_refuses_a_duplicate_member_at_every_level(string json)
    {
        JsonReader reader = Begin(json);
        JsonTokens.Of(reader);
        Assert.AreEqual((int)JsonError.DuplicateMember, (int)reader.Error);
    }

    [TestMethod]
    [DataRow("{\"a\":{\"a\":{\"a\":1}}}")]
    [DataRow("[{\"a\":1},{\"a\":1}]")]
    [DataRow("{\"a\":{\"b\":1,\"c\":1},\"b\":{\"b\":1},\"c\":1}")]
    [DataRow("{\"a\":1,\"A\":2,\"aa\":3,\"\":4,\"ab\":5}")]
    public void Read_accepts_one_name_in_several_objects(string json) =>
        Assert.AreEqual((int)JsonError.None, (int)ErrorOf(Begin(json)));

    [TestMethod]
    public void Read_counts_the_members_of_each_object()
    {
        Assert.AreEqual((int)JsonError.None, (int)ErrorOf(Flat("{\"a\":{\"b\":1,\"c\":2}}")));
        Assert.AreEqual((int)JsonError.None, (int)ErrorOf(Flat("{\"a\":{\"b\":1},\"c\":2}")));
        JsonReader reader = Flat("{\"a\":1,\"b\":2,\"c\":3}");
        Assert.AreEqual("{ a: # b: # !", JsonTokens.Of(reader));
        Assert.AreEqual((int)JsonError.TooManyMembers, (int)reader.Error);
        Assert.AreEqual(13, reader.Position);
    }

    // The root, its members and an object within take a place each.
    [TestMethod]
    [DataRow(32, 29, 0)]
    [DataRow(32, 30, (int)JsonError.TooManyMembers)]
    [DataRow(31, 30, 0)]
    [DataRow(31, 31, (int)JsonError.TooManyMembers)]
    [DataRow(32, 0, 0)]
    [DataRow(33, 0, (int)JsonError.TooManyMembers)]
    public void Read_counts_the_members_of_all_objects_that_are_open(
        int outer, int inner, int error)
    {
        string last = inner == 0 ? "0" : "{" + Members(inner, 0) + "\"y\":0}";
        string json = "{" + Members(outer - 1, 1) + "\"x\":" + last + "}";
        Assert.AreEqual(error, (int)ErrorOf(Begin(json)));
    }

    [TestMethod]
    public void Read_forgets_the_members_of_an_object_that_has_ended()
    {
        string inner = "{" + Members(30, 0) + "\"y\":0}";
        Assert.AreEqual((int)JsonError.None, (int)ErrorOf(Begin(
            "[" + inner + "," + inner + ",{\"a\":" + inner + ",\"b\":" + inner + "}]")));
    }

    [TestMethod]
    public void A_reader_survives_any_number_of_refused_payloads()
    {
        JsonReader reader = new JsonReader(64, 2, 2);
        for (int i = 0; i < 20; i++)
            Assert.AreEqual("{ a: # bcde: !", JsonTokens.Of(Begin(reader, "{\"a\":1,\"bcde\":!")));
        Assert.AreEqual("{ a: # } .", JsonTokens.Of(Begin(reader, "{\"a\":1}")));
    }

    [TestMethod]
    public void Read_counts_the_root_object_as_depth_1()
    {
        Assert.AreEqual((int)JsonError.None, (int)ErrorOf(Flat("{\"a\":[1]}")));
        JsonReader reader = Flat("{\"a\":[{}]}");
        Assert.AreEqual("{ a: [ !", JsonTokens.Of(reader));
        Assert.AreEqual((int)JsonError.TooDeep, (int)reader.Error);
        Assert.AreEqual(6, reader.Position);
    }

    [TestMethod]
    public void Depth_counts_what_is_open()
    {
        JsonReader reader = Begin("{\"a\":[]}");
        int[] depths = { 1, 1, 2, 1, 0, 0 };
        for (int i = 0; i < depths.Length; i++)
        {
            reader.Read();
            Assert.AreEqual(depths[i], reader.Depth);
        }
    }

    [TestMethod]
    [DataRow("[\"0123456789\"]   ", (int)JsonError.None, "[ '0123456789' ] .")]
    [DataRow("[\"0123456789\"]    ", (int)JsonError.TooLong, "[ '0123456789' ] !")]
    [DataRow("[\"0123456789ab\"]  ", (int)JsonError.TooLong, "[ '0123456789ab' ] !")]
    [DataRow("[\"012345678\",12345]", (int)JsonError.TooLong, "[ '012345678' !")]
    [DataRow("{\"id\":\"0\",\"abcdefg\":1}", (int)JsonError.TooLong, "{ id: '0' !")]
    [DataRow("{\"id\":\"0\",\"abcdefgh", (int)JsonError.TooLong, "{ id: '0' !")]
    [DataRow("{\"id\":\"0\"}        !", (int)JsonError.TooLong, "{ id: '0' } !")]
    [DataRow("{\"id\":!           }", (int)JsonError.UnexpectedByte, "{ id: !")]
    public void Read_goes_up_to_the_maximum_and_no_further(string json, int error, string tokens)
    {
        JsonReader reader = Short(json);
        Assert.AreEqual(tokens, JsonTokens.Of(reader));
        Assert.AreEqual(error, (int)reader.Error);
        if (error == (int)JsonError.TooLong) Assert.AreEqual(17, reader.Position);
    }

    [TestMethod]
    public void Read_delivers_no_number_that_the_maximum_cut()
    {
        JsonReader reader = Short("[11,22,33,44,5567]");
        Assert.AreEqual("[ # # # # !", JsonTokens.Of(reader));
        Assert.AreEqual((int)JsonError.TooLong, (int)reader.Error);
    }

    [TestMethod]
    [DataRow(0, 1, 1)]
    [DataRow(65536, 1, 1)]
    [DataRow(1, 31, 1)]
    [DataRow(1, 0, 1)]
    [DataRow(1, 1, 0)]
    public void A_reader_without_room_or_with_too_much_cannot_be_made(
        int bytes, int depth, int members) =>
        Assert.ThrowsException(
            typeof(ArgumentOutOfRangeException), () => new JsonReader(bytes, depth, members));

    private static string Members(int count, int first)
    {
        string members = "";
        for (int i = first; i < first + count; i++) members += "\"" + i + "\":0,";
        return members;
    }

    private static JsonReader Begin(string json) => Begin(new JsonReader(2048, 4, 32), json);

    private static JsonReader Flat(string json) => Begin(new JsonReader(64, 2, 2), json);

    private static JsonReader Short(string json) => Begin(new JsonReader(17, 2, 2), json);

    private static JsonReader Begin(JsonReader reader, string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        reader.Begin(bytes, 0, bytes.Length);
        return reader;
    }

    private static JsonError ErrorOf(JsonReader reader)
    {
        JsonTokens.Of(reader);
        return reader.Error;
    }
}
