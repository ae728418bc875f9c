using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>The retained status is what holds now.</summary>
[TestClass]
public class AgentStatusTests
{
    private const string Status = "/status";
    private const int W25Q32 = 0xEF4016;

    [TestMethod]
    public void A_code_that_is_lost_at_run_time_changes_free_slots_and_digest()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Settle();
        string before = TestJson.Member(door.LastOn(Status), "slots_digest");
        int location = door.Agent.Codes.Slots.LocationOf(0);
        door.Chip.Image[location * Frame.SizeBytes + Frame.DigitsMac] ^= 1;
        Assert.IsFalse(door.Opens("1111"));
        door.Settle();
        string status = door.LastOn(Status);
        Assert.IsTrue(status.IndexOf("'free_slots':20") > 0, status);
        Assert.AreNotEqual(before, TestJson.Member(status, "slots_digest"));
    }

    [TestMethod]
    public void Codes_that_are_lost_one_after_the_other_are_told_one_by_one()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "2222") + "}");
        door.Settle();
        for (int slot = 0; slot < 2; slot++)
        {
            int location = door.Agent.Codes.Slots.LocationOf(slot);
            door.Chip.Image[location * Frame.SizeBytes + Frame.DigitsMac] ^= 1;
            Assert.IsFalse(door.Opens(slot == 0 ? "1111" : "2222"));
            door.Settle();
            Assert.AreEqual(slot + 1, door.CountOf("'message':'1 access code"));
        }
    }

    [TestMethod]
    public void A_sector_that_takes_no_header_is_told_once()
    {
        TestLock door = new(20, W25Q32);
        door.PowerUp();
        while (!door.Agent.Log.Ring.IsErasing)
        {
            door.Step(1);
        }

        int bad = door.Agent.Log.Ring.After(door.Agent.Log.Ring.Newest);
        door.Clock.Advance(2);
        door.Chip.Image[bad * SpiNorFlash.SectorSizeBytes] = 0;
        door.Settle();
        Assert.AreEqual(1, door.CountOf("a sector of the keypad's flash is worn"));
    }

    [TestMethod]
    public void A_clock_that_is_no_longer_known_changes_the_status()
    {
        TestLock door = TestLock.Running();
        door.Clock.ForgetUtc();
        door.Settle();
        string status = door.LastOn(Status);
        Assert.IsTrue(status.IndexOf("'is_clock_known':false") > 0, status);
    }

    [TestMethod]
    public void A_clock_that_was_doubted_at_the_start_and_is_confirmed_is_told()
    {
        TestLock door = TestLock.Running();
        door.CutPower();
        door.Clock.IsUtcConfirmed = false;
        door.Clock.SetUtc(TestLock.Utc + 3 * Limits.ClockJumpSeconds);
        door.PowerUp();
        door.Settle();
        Assert.AreEqual(1, door.CountOf("keyway.clock_doubted"));
        door.Clock.IsUtcConfirmed = true;
        door.Settle();
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.clock_set") > 0, door.LastEvent);
        Assert.IsTrue(door.LastOn(Status).IndexOf("'is_clock_known':true") > 0);
    }

    [TestMethod]
    public void What_happens_while_the_clock_is_doubted_has_no_time_of_it()
    {
        TestLock door = TestLock.Running();
        string day = Iso8601.ToText(TestLock.Utc).Substring(0, 10);
        door.Clock.IsUtcConfirmed = false;
        door.Clock.StepUtc(3 * Limits.ClockJumpSeconds);
        door.Type("1111#");
        door.Settle();
        Assert.IsTrue(door.LastEvent.IndexOf("'lock.access_denied'") > 0, door.LastEvent);
        Assert.IsTrue(door.LastEvent.IndexOf("'occurred_at':'" + day) > 0, door.LastEvent);
        door.CutPower();
        door.PowerUp();
        door.Settle();
        door.Type("1111#");
        door.Settle();
        Assert.IsTrue(door.LastEvent.IndexOf("'occurred_at':null") > 0, door.LastEvent);
    }

    [TestMethod]
    public void A_start_that_the_flash_did_not_keep_is_made_good_in_the_status()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Settle();
        door.CutPower();
        door.Chip.IsWriteProtected = true;
        Assert.AreEqual(
            (int)StorageStatus.WriteFailed, (int)door.Board.PowerUp(door.Broker));
        door.Pass(2000);
        Assert.IsTrue(door.LastOn(Status).IndexOf("'is_storage_ok':false") > 0);
        door.Chip.IsWriteProtected = false;
        door.Send(TestLock.Create(2, "2222") + "}");
        door.Settle();
        Assert.IsTrue(door.LastOn(Status).IndexOf("'is_storage_ok':true") > 0);
    }

    [TestMethod]
    public void A_log_that_ends_at_run_time_is_told()
    {
        TestLock door = new(20, W25Q32);
        door.PowerUp();

        // A header that mount has not seen: the chip was away at that moment.
        byte[] written = TestLock.Running().Chip.Image;
        for (int at = 0; at < written.Length; at += SpiNorFlash.SectorSizeBytes)
        {
            System.Array.Copy(written, at, door.Chip.Image, at, Frame.SizeBytes);
            door.Chip.Image[at + Frame.SizeBytes] = 0;
        }

        door.Pass(Limits.KeypadAwakeMs + 2000);
        Assert.IsFalse(door.Agent.IsLoaded);
        Assert.IsTrue(door.LastEvent.IndexOf("flash does not answer") > 0, door.LastEvent);
        string status = door.LastOn(Status);
        Assert.IsTrue(status.IndexOf("'is_storage_ok':false") > 0, status);
    }

    [TestMethod]
    public void An_answer_is_numbered_behind_those_that_were_acknowledged_and_are_lost()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Order("access_codes/delete", 2, 1, "");
        door.Settle();
        byte[] image = door.Chip.Image;
        for (int at = 0; at < image.Length; at += Frame.SizeBytes)
        {
            bool isAnswer = image[at] == (byte)FrameType.Code
                || image[at] == (byte)FrameType.Tombstone;
            image[at + Frame.AttemptId] ^= (byte)(
                isAnswer && image[at + Frame.Group] >> 4 <= 2 ? 1 : 0);
        }

        door.PowerCut();
        int before = door.AnswerCount;
        door.Send(TestLock.Create(3, "3333") + "}");
        Assert.AreEqual(before + 1, door.AnswerCount);
    }
}
