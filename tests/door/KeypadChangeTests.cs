using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What becomes of a code whose digits are changed in programming mode.</summary>
[TestClass]
public class KeypadChangeTests
{
    private const string Master = "97531864#";
    private const string Key = ",'common_code_key':'front'";
    private const int W25Q32 = 0xEF4016;

    [TestMethod]
    public void Other_digits_follow_from_no_common_key()
    {
        TestLock door = WithCode(Key);
        door.Send(TestLock.Create(2, "3333") + Key + "}");
        Assert.IsTrue(door.LastAnswer.IndexOf("error_code") < 0, door.LastAnswer);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        Change(door, "2468");
        door.Send(TestLock.Create(3, "3333") + Key + "}");
        Assert.AreEqual(2, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_used_code_with_other_digits_opens_once_more()
    {
        TestLock door = WithCode(",'is_one_time_use':true");
        Assert.IsTrue(door.Opens("1111"));
        Assert.IsFalse(door.Opens("1111"));
        Change(door, "2468");
        Assert.IsTrue(door.Opens("2468"));
        Assert.IsFalse(door.Opens("2468"));
        door.PowerCut();
        Assert.IsFalse(door.Opens("2468"));
    }

    [TestMethod]
    public void The_command_that_wrote_it_is_answered_as_at_first()
    {
        TestLock door = WithCode("");
        string command = TestLock.Create(1, "1111") + ",'allow_external_modification':true}";
        string first = door.LastAnswer;
        Change(door, "2468");
        door.PowerCut();
        door.Settle();
        door.Send(command);
        Assert.AreEqual(first, door.LastAnswer);
        Assert.IsTrue(door.Opens("2468"));
        Assert.IsFalse(door.Opens("1111"));
    }

    // In slot 1; may be changed at the keypad.
    private static TestLock WithCode(string members)
    {
        TestLock door = new(20, W25Q32);
        door.Settings.MasterCode = "97531864";
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + ",'allow_external_modification':true"
            + members + "}");
        Assert.AreEqual(1, door.Agent.Codes.Count);
        return door;
    }

    private static void Change(TestLock door, string digits)
    {
        door.Rest();
        door.Type(Master);
        door.Type("1#");
        door.Type(digits + "#");
        door.Type("*");
        door.Rest();
    }
}
