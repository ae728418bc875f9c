using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class Utf8Tests
{
    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    [DataRow(2, 1)]
    [DataRow(3, 3)]
    [DataRow(4, 3)]
    [DataRow(5, 3)]
    [DataRow(6, 6)]
    [DataRow(7, 6)]
    [DataRow(8, 6)]
    [DataRow(9, 6)]
    [DataRow(10, 10)]
    [DataRow(11, 11)]
    [DataRow(12, 11)]
    public void CutLength_cuts_between_characters_of_1_to_4_bytes(int maximumBytes, int expected)
    {
        byte[] text = Encoding.UTF8.GetBytes("a\u00e9\u20ac\ud83d\ude00b\u00e9");
        Assert.AreEqual(expected, Utf8.CutLength(text, 0, text.Length, maximumBytes));
    }

    [TestMethod]
    public void CutLength_keeps_a_text_that_fits()
    {
        byte[] text = Encoding.UTF8.GetBytes("caf\u00e9");
        Assert.AreEqual(5, Utf8.CutLength(text, 0, 5, 5));
        Assert.AreEqual(5, Utf8.CutLength(text, 0, 5, 100));
        Assert.AreEqual(0, Utf8.CutLength(text, 0, 0, 0));
        Assert.AreEqual(0, Utf8.CutLength(text, 5, 0, 3));
    }

    [TestMethod]
    public void CutLength_counts_from_its_offset()
    {
        byte[] text = Encoding.UTF8.GetBytes("\u20ac\u20ac\u20ac");
        Assert.AreEqual(3, Utf8.CutLength(text, 3, 6, 5));
        Assert.AreEqual(0, Utf8.CutLength(text, 3, 6, 2));
    }

    [TestMethod]
    public void CutLength_may_part_a_letter_from_its_combining_mark()
    {
        byte[] text = Encoding.UTF8.GetBytes("e\u0301");
        Assert.AreEqual(1, Utf8.CutLength(text, 0, 3, 2));
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    [DataRow(2, 3)]
    [DataRow(3, 6)]
    [DataRow(4, 10)]
    [DataRow(5, 11)]
    [DataRow(6, 13)]
    [DataRow(7, 13)]
    public void SizeOf_counts_characters_of_1_to_4_bytes(int characters, int expected)
    {
        byte[] text = Encoding.UTF8.GetBytes("?a\u00e9\u20ac\ud83d\ude00b\u00e9");
        Assert.AreEqual(expected, Utf8.SizeOf(text, 1, text.Length - 1, characters));
        Assert.AreEqual(
            characters < 6 ? characters : 6, Utf8.CountCharacters(text, 1, expected));
    }
}
