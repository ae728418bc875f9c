using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class AgentTests
{
    private const int W25Q32 = 0xEF4016;
    private const int GD25Q32C = 0xC84016;

    [TestMethod]
    public void A_flash_too_small_for_so_many_codes_is_refused()
    {
        TestLock door = new(250, W25Q32, 20);
        Assert.ThrowsException(typeof(System.ArgumentException), () => door.PowerUp());
    }

    [TestMethod]
    public void Codes_open_after_a_power_cut()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "2222") + "}");
        for (int i = 0; i < 3; i++)
        {
            door.PowerCut();
            Assert.AreEqual(2, door.Agent.Codes.Count);
        }

        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
        door.Rest();
        door.Type("2222#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void The_keypad_works_at_once_and_without_network()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.CutPower();
        door.Broker.RefuseConnections = true;
        door.PowerUp();
        door.Type("1111#");
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    [DataRow((int)PowerCut.Before)]
    [DataRow((int)PowerCut.Prefix)]
    [DataRow((int)PowerCut.RandomBits)]
    [DataRow((int)PowerCut.After)]
    public void A_create_that_lost_its_power_is_carried_out_once_when_repeated(int cut)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Chip.CutPowerAt(1, (PowerCut)cut, 1);
        Assert.ThrowsException(typeof(PowerCutException),
            () => door.Send(TestLock.Create(2, "2222") + "}"));
        door.PowerCut();
        door.Broker.ClearPublished();
        Assert.AreEqual(cut == (int)PowerCut.After ? 2 : 1, door.Agent.Codes.Count);
        door.Send(TestLock.Create(2, "2222") + "}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
        Assert.AreEqual(2, door.Agent.Codes.Count);
        Assert.AreEqual(1, door.AnswerCount);
    }

    [TestMethod]
    [DataRow(W25Q32)]
    [DataRow(GD25Q32C)]
    public void A_command_waits_while_the_first_sectors_are_erased(int jedecId)
    {
        TestLock door = new(20, jedecId);
        door.Chip.EraseNanoseconds = 300 * 1000000;
        door.PowerUp();
        door.Deliver(TestJson.Bytes(TestLock.Create(1, "1111") + "}"), false);
        door.Step(300);
        Assert.IsTrue(door.Agent.IsLoaded);
        Assert.AreEqual(0, door.AnswerCount);
        door.Step(1000);
        Assert.AreEqual(1, door.AnswerCount, "one sector to write, two to carry frames on");
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void Commands_wait_for_the_session_and_for_no_acknowledgement()
    {
        TestLock door = TestLock.Running(40, W25Q32);
        door.Broker.AutoAcknowledge = false;
        for (int i = 1; i <= 40; i++)
        {
            door.Deliver(TestJson.Bytes(TestLock.Create(i, "7") + "}"), false);
        }

        door.Step(200);
        Assert.AreEqual(LoopbackSession.InflightDepth, door.AnswerCount);
        door.Broker.AutoAcknowledge = true;
        while (door.Broker.UnacknowledgedCount > 0)
        {
            door.Broker.Acknowledge(door.Broker.Unacknowledged(0));
        }

        door.Step(200);
        Assert.AreEqual(40, door.AnswerCount);
    }

    [TestMethod]
    public void No_erase_begins_while_somebody_is_at_the_keypad()
    {
        TestLock door = new(20, W25Q32);
        door.Board.Keypad.Press('1');
        door.PowerUp();
        door.Pass(Limits.KeypadAwakeMs + 2000);
        Assert.AreEqual(0L, door.Chip.Counters.Erases);
        door.Board.Keypad.Release('1');
        door.Pass(Limits.KeypadAwakeMs + 2000);
        Assert.IsTrue(door.Chip.Counters.Erases > 0);
    }

    [TestMethod]
    public void Without_flash_it_runs_opens_for_nobody_and_takes_no_command()
    {
        TestLock door = new(20, W25Q32);
        door.Chip.IsGone = true;
        PowerUp(door, StorageStatus.ChipFailed);
        door.Send(TestLock.Create(1, "1111") + "}");
        Assert.AreEqual(0, door.AnswerCount);
        Assert.IsTrue(door.LastEvent.IndexOf("flash does not answer") > 0);
        door.Type("1111#");
        Assert.IsTrue(door.Board.Denied.IsActive);
        Assert.IsFalse(door.IsOpen);
        Assert.IsFalse(door.Agent.IsLoaded);
    }

    [TestMethod]
    public void Another_chip_than_the_board_expects_is_left_alone()
    {
        TestLock door = new(20, GD25Q32C);
        door.Settings.FlashJedecId = W25Q32;
        PowerUp(door, StorageStatus.ChipFailed);
        door.Pass(1000);
        Assert.AreEqual(0, door.Chip.DeviceSteps);
    }

    [TestMethod]
    public void A_flash_of_another_format_is_left_untouched()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.CutPower();
        int before = door.Chip.DeviceSteps;
        door.Settings.FlashSectors = 23;
        PowerUp(door, StorageStatus.UnknownFormat);
        door.Step(10);
        door.Type("1111#");
        Assert.IsFalse(door.IsOpen);
        Assert.AreEqual(before, door.Chip.DeviceSteps);
        Assert.IsTrue(door.HasPublished("left untouched"));
    }

    [TestMethod]
    public void A_rotten_code_is_told_and_the_others_open()
    {
        // 30 codes and a refusal fill a sector, which then has an index that tells.
        TestLock door = TestLock.Running(40, W25Q32);
        door.Clock.ForgetUtc();
        door.Send(TestLock.Create(99, "1111") + ",'expires_at':'2026-11-24T10:00:00Z'}");
        for (int i = 1; i <= 31; i++)
        {
            door.Send(TestLock.Create(i, "" + (7000 + i)) + "}");
        }

        door.Chip.Image[door.Agent.Codes.Slots.LocationOf(0) * Frame.SizeBytes + Frame.EndsAt] ^= 1;
        door.PowerCut();
        Assert.AreEqual(30, door.Agent.Codes.Count);
        Assert.IsTrue(door.LastEvent.IndexOf("1 access codes on the keypad") > 0);
        door.Type("7001#");
        Assert.IsFalse(door.IsOpen);
        door.Type("7002#");
        Assert.IsTrue(door.IsOpen);
    }

    private static void PowerUp(TestLock door, StorageStatus expected) =>
        Assert.AreEqual((int)expected, (int)door.Board.PowerUp(door.Broker));
}
