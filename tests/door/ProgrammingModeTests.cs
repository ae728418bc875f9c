using System;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class ProgrammingModeTests
{
    private const string Master = "97531864#";
    private const int W25Q32 = 0xEF4016;

    [TestMethod]
    public void A_code_goes_into_a_free_slot_opens_and_survives()
    {
        TestLock door = Running();
        door.Type(Master);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.programming_mode") > 0, door.LastEvent);
        door.Type("5#");
        door.Type("2468#");
        Assert.IsTrue(door.LastEvent.IndexOf("access_code.created") > 0, door.LastEvent);
        Assert.IsTrue(door.Agent.Codes.Slots.LocationOf(4) != 0);
        for (int i = 0; i < 2; i++)
        {
            door.Type("2468#");
            Assert.IsTrue(door.IsOpen);
            door.PowerCut();
            door.Rest();
        }

        AccessCode code = new();
        door.Agent.Codes.Read(4, code);
        Assert.AreEqual((int)(CodeOptions.Unmanaged | CodeOptions.ExternalModification),
            (int)code.Options);
        Assert.AreEqual(0u, code.Serial);
        Assert.IsTrue(Uuid.IsZero(code.Bytes, Frame.AttemptId));
        Assert.AreEqual(0x40, code.Bytes[Frame.AccessCodeId + 6] & 0xF0);
    }

    [TestMethod]
    public void The_lock_stays_awake_while_it_is_open()
    {
        TestLock door = Running();
        door.Type(Master);
        door.Pass(Limits.ProgrammingIdleMs - 1000);
        Assert.IsTrue(door.Agent.Door.IsAwake);
        door.Pass(2000);
        Assert.IsFalse(door.Agent.Door.IsAwake);
    }

    [TestMethod]
    public void A_code_that_allows_it_gets_other_digits_and_stays_itself()
    {
        TestLock door = Running();
        door.Type(Master);
        door.Type("2#");
        door.Type("2468#");
        Assert.IsTrue(door.LastEvent.IndexOf("modified_external_to_seam") > 0, door.LastEvent);
        Assert.IsTrue(door.LastEvent.IndexOf(TestJson.Id(2)) > 0, door.LastEvent);
        door.Type("2222#");
        Assert.IsFalse(door.IsOpen);
        door.Type("2468#");
        Assert.IsTrue(door.IsOpen);
        Assert.IsTrue(door.LastEvent.IndexOf(TestJson.Id(2)) > 0, door.LastEvent);
        AccessCode code = new();
        door.Agent.Codes.Read(1, code);
        Assert.IsTrue(code.Has(CodeOptions.ModifiedAtKeypad));
        Assert.AreEqual(4, code.NameCount);

        // Until the digits are again those of who manages it.
        door.Order("access_codes/update", 90, 2, ",'name':'Ben'");
        door.Agent.Codes.Read(1, code);
        Assert.IsTrue(code.Has(CodeOptions.ModifiedAtKeypad));
        door.Order("access_codes/update", 91, 2, ",'code':'3579'");
        door.Agent.Codes.Read(1, code);
        Assert.IsFalse(code.Has(CodeOptions.ModifiedAtKeypad));
    }

    [TestMethod]
    public void Zero_removes_a_code_that_allows_it()
    {
        TestLock door = Running();
        door.Type(Master);
        door.Type("2#");
        door.Type("0#");
        Assert.IsTrue(door.LastEvent.IndexOf("deleted_external_to_seam") > 0, door.LastEvent);
        door.PowerCut();
        Assert.AreEqual(1, door.Agent.Codes.Count);
        door.Type("2222#");
        Assert.IsFalse(door.IsOpen);

        // Its id is never used again.
        door.Send(TestLock.Create(2, "2222") + "}");
        door.Send(TestLock.Create(7, "7777") + ",'access_code_id':'" + TestJson.Id(2) + "'}");
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    [DataRow("1#", "2468#")]
    [DataRow("1#", "0#")]
    [DataRow("5#", "0#")]
    [DataRow("2#", "1111#")]
    [DataRow("2#", "2222#")]
    [DataRow("5#", "2222#")]
    [DataRow("5#", Master)]
    [DataRow("5#", "246#")]
    [DataRow("5#", "1234567890123#")]
    public void What_is_not_allowed_changes_nothing(string slot, string digits)
    {
        TestLock door = Running();
        door.Type(Master);
        door.Type(slot);
        int before = door.Chip.DeviceSteps;
        Assert.IsFalse(door.Board.Denied.IsActive && !door.Board.Granted.IsActive);
        door.Type(digits);
        Assert.IsTrue(door.Board.Denied.IsActive);
        Assert.AreEqual(before, door.Chip.DeviceSteps);
        Assert.AreEqual(2, door.Agent.Codes.Count);

        // The mode is still open, and begins with the slot.
        door.Type("6#");
        door.Type("8642#");
        Assert.AreEqual(3, door.Agent.Codes.Count);
    }

    [TestMethod]
    [DataRow("0#")]
    [DataRow("21#")]
    [DataRow("999999999999#")]
    [DataRow("1234567890123#")]
    public void A_slot_that_is_none_is_denied(string slot)
    {
        TestLock door = Running();
        door.Type(Master);
        door.Type(slot);
        Assert.IsTrue(door.Board.Denied.IsActive && !door.Board.Granted.IsActive);
        door.Type("20#");
        door.Type("2468#");
        Assert.IsTrue(door.Agent.Codes.Slots.LocationOf(19) != 0);
        Assert.AreEqual(3, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void The_mode_shows_and_ends_after_one_change()
    {
        TestLock door = Running();
        door.Type(Master);
        door.Step(1000);
        int changes = door.Board.Granted.Changes;
        door.Step(1000);
        Assert.AreEqual(changes + 4, door.Board.Granted.Changes);
        door.Type("5#");
        door.Type("2468#");
        door.Step(2000);
        Assert.IsFalse(door.Board.Granted.IsActive);
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void The_mode_ends_by_Clear_and_by_itself()
    {
        TestLock door = Running();
        door.Type(Master);
        door.Type("5#");
        door.Type("24*");
        door.Type("*");
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
        door.Rest();
        door.Type(Master);
        door.Pass(Limits.ProgrammingIdleMs);
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
        Assert.AreEqual(2, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void Clear_within_an_entry_only_clears_it()
    {
        TestLock door = Running();
        door.Type(Master);
        door.Type("1*5#");
        door.Type("99*2468#");
        Assert.IsTrue(door.Agent.Codes.Slots.LocationOf(4) != 0);
    }

    [TestMethod]
    public void Wrong_master_codes_lock_and_then_the_right_one_is_refused()
    {
        TestLock door = Running();
        for (int i = 0; i < 5; i++)
        {
            door.Type("97531865#");
        }

        door.Type(Master);
        Assert.IsTrue(door.LastEvent.IndexOf("'locked_out'") > 0, door.LastEvent);
        door.Type("5#");
        door.Type("2468#");
        Assert.AreEqual(2, door.Agent.Codes.Count);
        door.Wait(30_000);
        door.Type(Master);
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.programming_mode") > 0, door.LastEvent);
    }

    [TestMethod]
    public void Without_a_master_code_there_is_no_such_mode()
    {
        TestLock door = TestLock.Running();
        door.Type(Master);
        Assert.IsTrue(door.LastEvent.IndexOf("unknown_code") > 0, door.LastEvent);
    }

    [TestMethod]
    [DataRow((int)PowerCut.Before)]
    [DataRow((int)PowerCut.Prefix)]
    [DataRow((int)PowerCut.After)]
    public void A_power_cut_leaves_the_change_or_nothing_and_ends_the_mode(int cut)
    {
        TestLock door = Running();
        door.Type(Master);
        door.Type("2#");
        door.Chip.CutPowerAt(1, (PowerCut)cut, 1);
        Assert.ThrowsException(typeof(PowerCutException), () => door.TypeUpToEnter("2468"));
        door.Board.Keypad.Release('#');
        door.PowerCut();
        Assert.AreEqual(2, door.Agent.Codes.Count);
        door.Type("2468#");
        Assert.AreEqual(cut == (int)PowerCut.After, door.IsOpen);
        door.PowerCut();
        door.Type("2222#");
        Assert.AreEqual(cut != (int)PowerCut.After, door.IsOpen);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("1234567")]
    [DataRow("1234567a")]
    [DataRow("1234567890123")]
    public void A_master_code_that_is_short_or_no_digits_throws(string digits)
    {
        TestLock door = new(20, W25Q32);
        door.Settings.MasterCode = digits;
        Assert.ThrowsException(
            typeof(ArgumentException), () => door.Board.PowerUp(door.Broker));
    }

    // 1111 is the server's alone; 2222 may be changed at the keypad.
    private static TestLock Running()
    {
        TestLock door = new(20, W25Q32);
        door.Settings.MasterCode = "97531864";
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "2222")
            + ",'name':'Anna','allow_external_modification':true}");
        door.Settle();
        door.Broker.ClearPublished();
        Assert.AreEqual(2, door.Agent.Codes.Count);
        return door;
    }
}
