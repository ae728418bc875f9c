// What JsonReader accepts and refuses, case by case: y_ and n_ as in the well-known test suites.

using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class JsonGrammarTests
{
    private const int Truncated = (int)JsonError.Truncated;
    private const int UnexpectedByte = (int)JsonError.UnexpectedByte;
    private const int BadEscape = (int)JsonError.BadEscape;
    private const int BadNumber = (int)JsonError.BadNumber;
    private const int NotUtf8 = (int)JsonError.NotUtf8;
    private const int NulCharacter = (int)JsonError.NulCharacter;
    private const int ControlCharacter = (int)JsonError.ControlCharacter;
    private const int TooDeep = (int)JsonError.TooDeep;
    private const int TrailingBytes = (int)JsonError.TrailingBytes;
    private const int LoneSurrogate = (int)JsonError.LoneSurrogate;

    [TestMethod]
    [DataRow("0")]
    [DataRow("-0")]
    [DataRow("-0.0")]
    [DataRow("10")]
    [DataRow("0.00")]
    [DataRow("0e0")]
    [DataRow("1E+2")]
    [DataRow("1e-2")]
    [DataRow("-1.5e00")]
    [DataRow("123456789012345678901234567890.5")]
    [DataRow("\"\"")]
    [DataRow("\"/ ' & <\"")]
    [DataRow("\"\\\" \\\\ \\/ \\b\\f\\n\\r\\t\"")]
    [DataRow("\"\\u00Ab\\uABcd\"")]
    [DataRow("\"\\uD83D\\uDE00\"")]
    [DataRow("\"\\ud800\\udc00\\udbff\\udfff\"")]
    [DataRow("\"\\uFFFF\\uFEFF\"")]
    [DataRow("\"\\\\u0000\"")]
    [DataRow("\"\u007f\"")]
    [DataRow("true")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("[ \n]")]
    [DataRow("{\t}")]
    [DataRow("\r\n [1 , 2\t]\n ")]
    [DataRow("{\"\":0}")]
    [DataRow("{\"a\" : \"a\" , \"b\":null}")]
    [DataRow("[[],[[]],{}]")]
    [DataRow("[[[[]]]]")]
    [DataRow("[\"a\",\"a\",1,1]")]
    [DataRow("[0,-1,2.5,\"x\",true,false,null,{}]")]
    public void Y_is_accepted(string json) =>
        Assert.AreEqual((int)JsonError.None, (int)ReadAll(Encoding.UTF8.GetBytes(json)).Error);

    [TestMethod]
    [DataRow("", 0)]
    [DataRow("  ", 2)]
    [DataRow("[", 1)]
    [DataRow("[1", 2)]
    [DataRow("[1,", 3)]
    [DataRow("{", 1)]
    [DataRow("{\"a\"", 4)]
    [DataRow("{\"a\":", 5)]
    [DataRow("{\"a\":1,", 7)]
    [DataRow("\"", 1)]
    [DataRow("\"a", 2)]
    [DataRow("\"\\", 2)]
    [DataRow("\"\\u12", 5)]
    [DataRow("\"\\ud83d", 7)]
    [DataRow("\"\\ud83d\\ude", 11)]
    [DataRow("tru", 3)]
    [DataRow("-", 1)]
    [DataRow("1.", 2)]
    [DataRow("1e", 2)]
    [DataRow("1e+", 3)]
    public void N_ends_too_early(string json, int position) =>
        Check(json, Truncated, position);

    [TestMethod]
    [DataRow("+1", UnexpectedByte, 0)]
    [DataRow(".5", UnexpectedByte, 0)]
    [DataRow("NaN", UnexpectedByte, 0)]
    [DataRow("Infinity", UnexpectedByte, 0)]
    [DataRow("-Infinity", BadNumber, 1)]
    [DataRow("01", BadNumber, 1)]
    [DataRow("-01", BadNumber, 2)]
    [DataRow("00", BadNumber, 1)]
    [DataRow("[1.]", BadNumber, 3)]
    [DataRow("[1.e1]", BadNumber, 3)]
    [DataRow("[1e]", BadNumber, 3)]
    [DataRow("[1e+]", BadNumber, 4)]
    [DataRow("[1e1.5]", BadNumber, 4)]
    [DataRow("[1.2.3]", BadNumber, 4)]
    [DataRow("[--1]", BadNumber, 2)]
    [DataRow("[-]", BadNumber, 2)]
    [DataRow("[1-2]", BadNumber, 2)]
    [DataRow("[1e1e1]", BadNumber, 4)]
    [DataRow("[0x1]", UnexpectedByte, 2)]
    [DataRow("[1 2]", UnexpectedByte, 3)]
    [DataRow("[1_000]", UnexpectedByte, 2)]
    [DataRow("1a", TrailingBytes, 1)]
    public void N_is_no_number(string json, int error, int position) =>
        Check(json, error, position);

    [TestMethod]
    [DataRow("True", UnexpectedByte, 0)]
    [DataRow("nULL", UnexpectedByte, 1)]
    [DataRow("[nul]", UnexpectedByte, 4)]
    [DataRow("[truex]", UnexpectedByte, 5)]
    [DataRow("undefined", UnexpectedByte, 0)]
    [DataRow("[,1]", UnexpectedByte, 1)]
    [DataRow("[1,]", UnexpectedByte, 3)]
    [DataRow("[1,,2]", UnexpectedByte, 3)]
    [DataRow("[1;2]", UnexpectedByte, 2)]
    [DataRow("[1}", UnexpectedByte, 2)]
    [DataRow("[}", UnexpectedByte, 1)]
    [DataRow("{]", UnexpectedByte, 1)]
    [DataRow("{\"a\":1]", UnexpectedByte, 6)]
    [DataRow("{\"a\":1,}", UnexpectedByte, 7)]
    [DataRow("{,}", UnexpectedByte, 1)]
    [DataRow("{\"a\"}", UnexpectedByte, 4)]
    [DataRow("{\"a\",\"b\"}", UnexpectedByte, 4)]
    [DataRow("{\"a\"::1}", UnexpectedByte, 5)]
    [DataRow("{\"a\":}", UnexpectedByte, 5)]
    [DataRow("{\"a\":1 \"b\":2}", UnexpectedByte, 7)]
    [DataRow("{a:1}", UnexpectedByte, 1)]
    [DataRow("{1:1}", UnexpectedByte, 1)]
    [DataRow("{null:1}", UnexpectedByte, 1)]
    [DataRow("{'a':1}", UnexpectedByte, 1)]
    [DataRow("['a']", UnexpectedByte, 1)]
    [DataRow("[1]//", TrailingBytes, 3)]
    [DataRow("/**/[1]", UnexpectedByte, 0)]
    [DataRow("[1]]", TrailingBytes, 3)]
    [DataRow("{}{}", TrailingBytes, 2)]
    [DataRow("1 2", TrailingBytes, 2)]
    [DataRow("]", UnexpectedByte, 0)]
    [DataRow(":1", UnexpectedByte, 0)]
    [DataRow("[\f]", UnexpectedByte, 1)]
    [DataRow("[[[[[]]]]]", TooDeep, 4)]
    public void N_is_no_structure(string json, int error, int position) =>
        Check(json, error, position);

    [TestMethod]
    [DataRow("[\"\\a\"]", BadEscape, 2)]
    [DataRow("[\"\\'\"]", BadEscape, 2)]
    [DataRow("[\"\\0\"]", BadEscape, 2)]
    [DataRow("[\"\\x41\"]", BadEscape, 2)]
    [DataRow("[\"\\U0041\"]", BadEscape, 2)]
    [DataRow("[\"\\u00g0\"]", BadEscape, 2)]
    [DataRow("[\"\\u004\"]", BadEscape, 2)]
    [DataRow("[\"ab\\u-041\"]", BadEscape, 4)]
    [DataRow("[\"\\u0000\"]", NulCharacter, 2)]
    [DataRow("{\"a\\u0000\":1}", NulCharacter, 3)]
    [DataRow("[\"a\nb\"]", ControlCharacter, 3)]
    [DataRow("[\"\t\"]", ControlCharacter, 2)]
    [DataRow("[\"\u001f\"]", ControlCharacter, 2)]
    [DataRow("[\"\\ud800\"]", LoneSurrogate, 2)]
    [DataRow("[\"a\\udc00\"]", LoneSurrogate, 3)]
    [DataRow("[\"\\ud800\\ud800\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\ud83dx\\ude00\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\ud83d\\n\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\ude00\\ud83d\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\ud83d\\u0041\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\ud83d\\ue000\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\udc00\\udc00\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\ud83d\\uzzzz\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\ud83dxude00\"]", LoneSurrogate, 2)]
    [DataRow("[\"\\ud83d\\xde00\"]", LoneSurrogate, 2)]
    [DataRow("\"\\a", BadEscape, 1)]
    public void N_is_no_string(string json, int error, int position) =>
        Check(json, error, position);

    [TestMethod]
    [DataRow("C280", true)]
    [DataRow("DFBF", true)]
    [DataRow("E0A080", true)]
    [DataRow("ED9FBF", true)]
    [DataRow("EE8080", true)]
    [DataRow("EFBFBF", true)]
    [DataRow("F0908080", true)]
    [DataRow("F48FBFBF", true)]
    [DataRow("EFBBBF", true)]
    [DataRow("80", false)]
    [DataRow("BF", false)]
    [DataRow("C080", false)]
    [DataRow("C1BF", false)]
    [DataRow("E09FBF", false)]
    [DataRow("EDA080", false)]
    [DataRow("EDBFBF", false)]
    [DataRow("F08FBFBF", false)]
    [DataRow("F4908080", false)]
    [DataRow("F5808080", false)]
    [DataRow("FE", false)]
    [DataRow("FF", false)]
    [DataRow("C2", false)]
    [DataRow("E282", false)]
    [DataRow("F09F98", false)]
    [DataRow("C2C2", false)]
    [DataRow("E28220", false)]
    public void Raw_bytes_in_a_string_are_UTF8_or_refused(string hex, bool isSound)
    {
        JsonReader reader = ReadAll(FromHex("22" + hex + "22"));
        JsonError expected = isSound ? JsonError.None : JsonError.NotUtf8;
        Assert.AreEqual((int)expected, (int)reader.Error);
        Assert.AreEqual(isSound ? hex.Length / 2 + 2 : 1, reader.Position);
    }

    [TestMethod]
    [DataRow("22C3", Truncated, 2)]
    [DataRow("22F09F98", Truncated, 4)]
    [DataRow("22F080", NotUtf8, 1)]
    [DataRow("220022", ControlCharacter, 1)]
    [DataRow("EFBBBF31", UnexpectedByte, 0)]
    [DataRow("3100", TrailingBytes, 1)]
    [DataRow("00", UnexpectedByte, 0)]
    [DataRow("FEFF0031", UnexpectedByte, 0)]
    [DataRow("5BC2A05D", UnexpectedByte, 1)]
    [DataRow("5B31C2A05D", UnexpectedByte, 2)]
    public void N_has_bytes_that_are_no_JSON(string hex, int error, int position)
    {
        JsonReader reader = ReadAll(FromHex(hex));
        Assert.AreEqual(error, (int)reader.Error);
        Assert.AreEqual(position, reader.Position);
    }

    [TestMethod]
    [DataRow("\\u0041", "41")]
    [DataRow("\\u007F", "7F")]
    [DataRow("\\u0080", "C280")]
    [DataRow("\\u07ff", "DFBF")]
    [DataRow("\\u0800", "E0A080")]
    [DataRow("\\ue000", "EE8080")]
    [DataRow("\\uffff", "EFBFBF")]
    [DataRow("\\ud800\\udc00", "F0908080")]
    [DataRow("\\uDBFF\\uDFFF", "F48FBFBF")]
    [DataRow("\\ud83d\\ude00", "F09F9880")]
    [DataRow("\\u00201", "2031")]
    [DataRow("\\\"\\\\\\/\\b\\f\\n\\r\\t", "225C2F080C0A0D09")]
    [DataRow("\\\\u0041", "5C7530303431")]
    public void Escapes_become_UTF8(string escaped, string hex)
    {
        byte[] json = Encoding.UTF8.GetBytes("\"" + escaped + "\"");
        JsonReader reader = new JsonReader(64, 1, 1);
        reader.Begin(json, 0, json.Length);
        Assert.AreEqual((int)JsonToken.String, (int)reader.Read());
        byte[] expected = FromHex(hex);
        Assert.AreEqual(expected.Length, reader.TextCount);
        for (int i = 0; i < expected.Length; i++)
            Assert.AreEqual((int)expected[i], (int)reader.Buffer[reader.TextOffset + i]);
    }

    private static void Check(string json, int error, int position)
    {
        JsonReader reader = ReadAll(Encoding.UTF8.GetBytes(json));
        Assert.AreEqual(error, (int)reader.Error);
        Assert.AreEqual(position, reader.Position);
    }

    private static JsonReader ReadAll(byte[] json)
    {
        JsonReader reader = new JsonReader(64, 4, 32);
        reader.Begin(json, 0, json.Length);
        JsonToken token;
        do token = reader.Read();
        while (token != JsonToken.End && token != JsonToken.Error);
        return reader;
    }

    private static byte[] FromHex(string hex)
    {
        byte[] bytes = new byte[hex.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = System.Convert.ToByte(hex.Substring(2 * i, 2), 16);
        return bytes;
    }
}
