using System.Text;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CodeEntryTests
{
    [TestMethod]
    public void Enter_completes_the_digits()
    {
        CodeEntry entry = new();
        Assert.IsTrue(Press(entry, "0123#"));
        Assert.AreEqual("0123", Text(entry));
        Assert.IsFalse(entry.IsTooLong);
    }

    [TestMethod]
    [DataRow("#")]
    [DataRow("##")]
    [DataRow("12*#")]
    [DataRow("*#")]
    public void Enter_alone_does_nothing(string keys) =>
        Assert.IsFalse(Press(new CodeEntry(), keys));

    [TestMethod]
    public void Clear_begins_anew()
    {
        CodeEntry entry = new();
        Press(entry, "1234567890123*456#");
        Assert.AreEqual("456", Text(entry));
        Assert.IsFalse(entry.IsTooLong);
    }

    [TestMethod]
    public void Twelve_digits_are_a_code_and_thirteen_are_too_long()
    {
        CodeEntry entry = new();
        Assert.IsTrue(Press(entry, "123456789012#"));
        Assert.IsFalse(entry.IsTooLong);
        Assert.AreEqual(12, entry.Count);
        entry.Forget();
        Assert.IsTrue(Press(entry, "1234567890123#"));
        Assert.IsTrue(entry.IsTooLong);
    }

    [TestMethod]
    public void Other_keys_are_ignored()
    {
        CodeEntry entry = new();
        Assert.IsTrue(Press(entry, "1A2/3:4 #"));
        Assert.AreEqual("1234", Text(entry));
    }

    [TestMethod]
    public void A_pause_clears_on_the_very_ms()
    {
        CodeEntry entry = new();
        entry.Press('1', 1000);
        entry.Step(1000 + Limits.EntryTimeoutMs - 1);
        Assert.AreEqual(1, entry.Count);
        entry.Step(1000 + Limits.EntryTimeoutMs);
        Assert.AreEqual(0, entry.Count);
    }

    [TestMethod]
    public void A_key_after_the_pause_begins_anew_and_each_key_restarts_it()
    {
        CodeEntry entry = new();
        entry.Press('1', 0);
        entry.Press('2', Limits.EntryTimeoutMs - 1);
        entry.Press('3', 2 * Limits.EntryTimeoutMs - 2);
        Assert.AreEqual("123", Text(entry));
        entry.Press('4', 3 * Limits.EntryTimeoutMs - 2);
        Assert.AreEqual("4", Text(entry));
        Assert.IsFalse(entry.Press('#', 5 * Limits.EntryTimeoutMs));
    }

    [TestMethod]
    public void Forget_overwrites_the_digits()
    {
        CodeEntry entry = new();
        Press(entry, "123456789012#");
        entry.Forget();
        for (int i = 0; i < entry.Digits.Length; i++)
        {
            Assert.AreEqual(0, (int)entry.Digits[i]);
        }

        Assert.AreEqual(0, entry.Count);
    }

    private static bool Press(CodeEntry entry, string keys)
    {
        bool isComplete = false;
        char[] pressed = keys.ToCharArray();
        for (int i = 0; i < pressed.Length; i++)
        {
            isComplete = entry.Press(pressed[i], 0);
        }

        return isComplete;
    }

    private static string Text(CodeEntry entry) =>
        Encoding.UTF8.GetString(entry.Digits, 0, entry.Count);
}
