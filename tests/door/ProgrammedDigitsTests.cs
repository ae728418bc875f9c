using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What digits programming mode takes, and what they leave of the code before.</summary>
[TestClass]
public class ProgrammedDigitsTests
{
    private const int W25Q32 = 0xEF4016;

    // 12 digits with zeros, the longest there are.
    private const string Master = "909753186420";
    private const string Changeable = ",'allow_external_modification':true";

    [TestMethod]
    [DataRow("2#", "0246", 2)]
    [DataRow("5#", "123456789012", 3)]
    public void The_longest_digits_and_a_leading_zero_are_a_code(
        string slot, string digits, int codes)
    {
        TestLock door = Running(CodeConstraint.None);
        Assert.IsTrue(Stores(door, slot, digits));
        Assert.AreEqual(codes, door.Agent.Codes.Count);
        Assert.IsTrue(door.Opens(digits));
    }

    [TestMethod]
    [DataRow((int)CodeConstraint.DigitsFromLockOnly, "5#", "2468", false)]
    [DataRow((int)CodeConstraint.NoZeros, "5#", "2460", false)]
    [DataRow((int)CodeConstraint.UniqueFirstFour, "5#", "11119", false)]
    [DataRow((int)CodeConstraint.UniqueFirstFour, "2#", "11119", false)]
    [DataRow((int)CodeConstraint.UniqueFirstFour, "2#", "22229", true)]
    [DataRow((int)CodeConstraint.UniqueFirstFour, "5#", "24689", true)]
    public void What_the_lock_asks_of_digits_holds_at_the_keypad(
        int rule, string slot, string digits, bool isStored)
    {
        TestLock door = Running((CodeConstraint)rule);
        Assert.AreEqual(isStored, Stores(door, slot, digits));
        Assert.AreEqual(isStored, door.Opens(digits));
    }

    [TestMethod]
    public void The_first_four_digits_of_a_programmed_code_are_taken()
    {
        TestLock door = Running(CodeConstraint.UniqueFirstFour);
        Assert.IsTrue(Stores(door, "5#", "2468"));
        door.Rest();
        Assert.IsFalse(Stores(door, "6#", "24681"));
    }

    [TestMethod]
    public void Each_key_keeps_the_mode_open()
    {
        TestLock door = Running(CodeConstraint.None);
        door.Wait(10L * Limits.ProgrammingIdleMs);
        door.Type(Master + "#");
        door.Pass(Limits.ProgrammingIdleMs - 2000);
        door.Type("5#");
        door.Pass(Limits.ProgrammingIdleMs - 2000);
        door.Type("2468#");
        Assert.AreEqual(3, door.Agent.Codes.Count);
    }

    private static bool Stores(TestLock door, string slot, string digits)
    {
        door.Type(Master + "#");
        door.Type(slot);
        door.Type(digits + "#");
        bool isStored = door.LastEvent.IndexOf("access_code.created") > 0
            || door.LastEvent.IndexOf("modified_external_to_seam") > 0;
        Assert.AreEqual(!isStored, door.Board.Denied.IsActive && !door.Board.Granted.IsActive);

        // An empty entry leaves the mode, where it is still open.
        door.Type("*");
        door.Rest();
        return isStored;
    }

    // 1111 is the server's alone; 2222 may be changed at the keypad.
    private static TestLock Running(CodeConstraint rules)
    {
        TestLock door = new(20, W25Q32);
        door.Settings.MasterCode = Master;
        door.Settings.Constraints.Rules = rules;
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "2222") + Changeable + "}");
        door.Settle();
        door.Broker.ClearPublished();
        return door;
    }
}
