using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class DoorWatchTests
{
    private const int DebouncedMs = Limits.ContactDebounceMs + 20;
    private const int W25Q32 = 0xEF4016;

    [TestMethod]
    public void A_door_that_opens_by_itself_is_forced()
    {
        TestLock door = WithCode(false);
        Open(door);
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.door_forced") > 0, door.LastEvent);
        Assert.IsTrue(door.Board.Buzzer.Changes > 0);
        Close(door);
        Open(door);
        Assert.AreEqual(2, door.CountOf("keyway.door_forced"));
    }

    [TestMethod]
    public void A_door_that_a_code_has_released_is_not()
    {
        TestLock door = WithCode(false);
        door.Type("1111#");
        door.Pass(door.Settings.StrikeMs + Limits.ReleasedMs - 1000);
        Open(door);
        Assert.IsFalse(door.HasPublished("keyway.door_forced"));
        Close(door);
        door.Pass(1000);
        Open(door);
        Assert.IsTrue(door.HasPublished("keyway.door_forced"));
    }

    [TestMethod]
    public void The_exit_button_is_reported_once_and_explains_the_door()
    {
        TestLock door = WithCode(false);
        door.Board.ExitButton.IsActive = true;
        door.Step(DebouncedMs);
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.exit_button") > 0, door.LastEvent);
        Open(door);
        door.Board.ExitButton.IsActive = false;
        door.Step(DebouncedMs);
        Close(door);
        Open(door);
        Assert.AreEqual(1, door.CountOn("/events"));
        Assert.IsFalse(door.IsOpen, "it releases in hardware");
    }

    [TestMethod]
    public void A_case_that_opens_is_reported_once_also_while_there_was_no_power()
    {
        TestLock door = WithCode(false);
        door.Board.Tamper.IsActive = true;
        door.Step(DebouncedMs);
        Assert.IsTrue(door.LastEvent.IndexOf("keyway.tamper") > 0, door.LastEvent);
        Assert.IsTrue(door.Board.Buzzer.Changes > 0);
        door.Step(1000);
        Assert.AreEqual(1, door.CountOn("/events"));
        door.Settle();
        door.Broker.ClearPublished();
        door.PowerCut();
        door.Step(DebouncedMs);
        Assert.AreEqual(1, door.CountOf("keyway.tamper"));
    }

    [TestMethod]
    public void Contacts_that_chatter_count_for_nothing()
    {
        TestLock door = WithCode(false);
        for (int i = 0; i < 10; i++)
        {
            door.Board.DoorContact.IsActive = !door.Board.DoorContact.IsActive;
            door.Board.Tamper.IsActive = !door.Board.Tamper.IsActive;
            door.Board.ExitButton.IsActive = !door.Board.ExitButton.IsActive;
            door.Step(Limits.ContactDebounceMs - 10);
        }

        door.Step(200);
        Assert.AreEqual(0, door.CountOn("/events"));
    }

    [TestMethod]
    public void A_door_that_stood_open_when_the_power_came_is_not_forced()
    {
        TestLock door = WithCode(false);
        door.Board.DoorContact.IsActive = true;
        door.PowerCut();
        door.Step(200);
        Assert.IsFalse(door.HasPublished("keyway.door_forced"));
        door.Wait(door.Settings.HeldOpenSeconds * 1000);
        Assert.IsTrue(door.HasPublished("keyway.door_held_open"));
    }

    [TestMethod]
    public void A_door_held_open_is_told_once_and_sounds_until_it_closes()
    {
        TestLock door = WithCode(false);
        door.Type("1111#");
        Open(door);
        door.Wait(door.Settings.HeldOpenSeconds * 1000 - 100);
        Assert.IsFalse(door.HasPublished("keyway.door_held_open"));
        int changes = door.Board.Buzzer.Changes;
        door.Step(200);
        Assert.IsTrue(door.LastEvent.EndsWith("'seconds':60}"), door.LastEvent);
        Assert.IsTrue(door.Board.Buzzer.Changes > changes);
        door.Step(1000);
        door.Wait(door.Settings.HeldOpenSeconds * 1000);
        Assert.AreEqual(1, door.CountOf("keyway.door_held_open"));
        Close(door);
        Assert.IsFalse(door.Board.Buzzer.IsActive);
        door.Type("1111#");
        Open(door);
        door.Wait(door.Settings.HeldOpenSeconds * 1000);
        Assert.AreEqual(2, door.CountOf("keyway.door_held_open"));
        Close(door);
        changes = door.Board.Buzzer.Changes;
        door.Step(2000);
        Assert.IsFalse(door.Board.Buzzer.IsActive);
        Assert.AreEqual(changes, door.Board.Buzzer.Changes);
    }

    [TestMethod]
    public void A_lock_that_shall_not_watch_for_it_tells_of_no_door_held_open()
    {
        TestLock door = WithCode(false);
        door.Settings.HeldOpenSeconds = 0;
        door.PowerCut();
        door.Type("1111#");
        Open(door);
        door.Wait(3600_000);
        Assert.IsFalse(door.HasPublished("keyway.door_held_open"));
    }

    [TestMethod]
    public void An_alarm_goes_on_when_the_door_is_closed()
    {
        TestLock door = WithCode(false);
        Open(door);
        Close(door);
        int changes = door.Board.Buzzer.Changes;
        door.Step(2000);
        Assert.IsTrue(door.Board.Buzzer.Changes > changes);
    }

    [TestMethod]
    public void A_pulse_ends_when_the_door_has_been_opened_and_closed()
    {
        TestLock door = WithCode(true);
        door.Type("1111#");
        Open(door);
        Assert.IsTrue(door.IsOpen);
        Close(door);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.LastEvent.IndexOf("lock.locked") > 0, door.LastEvent);
        Assert.IsTrue(door.LastEvent.EndsWith("'method':'automatic'}"), door.LastEvent);
        door.Pass(10_000);
        Assert.AreEqual(1, door.CountOf("lock.locked"));
        door.Type("1111#");
        door.Step(100);
        Assert.IsTrue(door.IsOpen, "the next one waits for its own opening");
    }

    [TestMethod]
    public void A_pulse_lasts_while_the_door_stands_open_but_not_for_ever()
    {
        TestLock door = WithCode(true);
        door.Type("1111#");
        Open(door);
        door.Pass(Limits.StrikeLongestMs + 1000);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.Board.Strike.ActiveMs <= Limits.StrikeLongestMs + 50);
        Assert.IsTrue(door.Board.Strike.ActiveMs >= Limits.StrikeLongestMs);
        Assert.IsFalse(door.HasPublished("lock.locked"), "an open door is not locked");
        Close(door);
        Assert.IsTrue(door.HasPublished("lock.locked"));
    }

    [TestMethod]
    public void A_pulse_that_nobody_used_ends_in_its_time_and_is_told()
    {
        TestLock door = WithCode(true);
        door.Type("1111#");
        door.Pass(door.Settings.StrikeMs);
        door.Step(10);
        Assert.IsFalse(door.IsOpen);
        Assert.IsTrue(door.Board.Strike.ActiveMs <= door.Settings.StrikeMs + 50);
        Assert.AreEqual(1, door.CountOf("lock.locked"));
    }

    [TestMethod]
    public void Without_the_setting_a_pulse_takes_its_time()
    {
        TestLock door = WithCode(false);
        door.Type("1111#");
        Open(door);
        Close(door);
        Assert.IsTrue(door.IsOpen);
        door.Pass(door.Settings.StrikeMs);
        Assert.IsFalse(door.IsOpen);
        Assert.IsFalse(door.HasPublished("lock.locked"));
    }

    [TestMethod]
    public void A_command_that_locks_is_told_once()
    {
        TestLock door = WithCode(true);
        door.Type("1111#");
        door.Order("locks/lock_door", 9, 0,
            ",'issued_at':'2026-11-24T10:00:00Z','expires_at':'2026-11-24T10:00:59Z'");
        Assert.IsFalse(door.IsOpen);
        door.Pass(10_000);
        Assert.AreEqual(1, door.CountOf("lock.locked"));
        Assert.IsTrue(door.HasPublished("'method':'remote'"));
    }

    [TestMethod]
    public void A_pulse_after_one_that_a_command_has_ended_waits_for_its_own_opening()
    {
        TestLock door = WithCode(true);
        door.Type("1111#");
        Open(door);
        door.Order("locks/lock_door", 9, 0,
            ",'issued_at':'2026-11-24T10:00:00Z','expires_at':'2026-11-24T10:00:59Z'");
        Close(door);
        door.Rest();
        door.Type("1111#");
        door.Step(100);
        Assert.IsTrue(door.IsOpen);
    }

    [TestMethod]
    public void A_contact_that_chatters_counts_for_nothing_and_holds_up_no_other()
    {
        TestLock door = WithCode(false);
        door.Board.DoorContact.IsActive = true;
        for (int i = 0; i < 12; i++)
        {
            door.Board.Tamper.IsActive = i % 2 == 0;
            door.Step(10);
        }

        Assert.IsTrue(door.HasPublished("keyway.door_forced"));
        Assert.IsFalse(door.HasPublished("keyway.tamper"));
    }

    [TestMethod]
    public void A_lock_without_contacts_works()
    {
        VirtualClock clock = new();
        RecordedPin pin = new(clock);
        Strike strike = new(pin, clock, 1000);
        AgentSettings settings = new(TestLock.DeviceId, new byte[DeviceSecret.SizeBytes]);
        DoorWatch watch = new(new AgentPorts(), settings, strike, null,
            new Feedback(pin, pin, null));
        for (int i = 0; i < 100; i++)
        {
            clock.Advance(1000);
            watch.Step(clock.Milliseconds);
        }

        Assert.AreEqual(0, pin.Changes);
    }

    private static void Open(TestLock door)
    {
        door.Board.DoorContact.IsActive = true;
        door.Step(DebouncedMs);
    }

    private static void Close(TestLock door)
    {
        door.Board.DoorContact.IsActive = false;
        door.Step(DebouncedMs);
    }

    private static TestLock WithCode(bool relocks)
    {
        TestLock door = new(20, W25Q32);
        door.Settings.RelocksWithDoor = relocks;
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Broker.ClearPublished();
        return door;
    }
}
