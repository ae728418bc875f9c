using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class EventWriterTests
{
    private const string Start = "{'event_id':'a77e3b70-0000-4000-8000-000000000007',"
        + "'event_type':";

    [TestMethod]
    public void An_entry_that_opens_names_its_code() =>
        Assert.AreEqual(Start + "'lock.unlocked','sequence':3,"
            + "'occurred_at':'1970-01-01T00:00:09Z','method':'keycode',"
            + "'access_code_id':'" + TestJson.Id(5) + "'}",
            Text(EventKind.Entry, (int)CodeMatch.Opens, 9, 5));

    [TestMethod]
    [DataRow((int)CodeMatch.Unknown, "unknown_code")]
    [DataRow((int)CodeMatch.NotYet, "before_starts_at")]
    [DataRow((int)CodeMatch.Ended, "after_ends_at")]
    [DataRow((int)CodeMatch.ClockNotKnown, "clock_not_known")]
    [DataRow((int)CodeMatch.Damaged, "code_damaged")]
    [DataRow((int)CodeMatch.NotReady, "storage_not_ready")]
    [DataRow((int)CodeMatch.Used, "already_used")]
    [DataRow((int)CodeMatch.LockedOut, "locked_out")]
    public void An_entry_that_does_not_open_says_why(int match, string reason) =>
        Assert.AreEqual(Start + "'lock.access_denied','sequence':3,'occurred_at':null,"
            + "'reason':'" + reason + "'}", Text(EventKind.Entry, match, 0, 0));

    [TestMethod]
    [DataRow((int)EventKind.Tamper, "keyway.tamper", "")]
    [DataRow((int)EventKind.DoorForced, "keyway.door_forced", "")]
    [DataRow((int)EventKind.ExitButton, "keyway.exit_button", "")]
    [DataRow((int)EventKind.ClockDoubted, "keyway.clock_doubted", "")]
    [DataRow((int)EventKind.UnlockedByCommand, "lock.unlocked", ",'method':'remote'")]
    [DataRow((int)EventKind.Locked, "lock.locked", ",'method':'automatic'")]
    [DataRow((int)EventKind.LockedOut, "keyway.locked_out", ",'seconds':300")]
    [DataRow((int)EventKind.DoorHeldOpen, "keyway.door_held_open", ",'seconds':300")]
    [DataRow((int)EventKind.ClockSet, "keyway.clock_set", ",'seconds':300")]
    [DataRow((int)EventKind.FeedbackLate, "keyway.feedback_late", ",'milliseconds':300")]
    public void What_happened_is_said_with_its_number(int kind, string type, string detail) =>
        Assert.AreEqual(Start + "'" + type + "','sequence':3,'occurred_at':null" + detail + "}",
            Text((EventKind)kind, 0, 0, 0));

    [TestMethod]
    [DataRow((int)CodeChange.Created, "created")]
    [DataRow((int)CodeChange.SetOnDevice, "set_on_device")]
    [DataRow((int)CodeChange.RemovedFromDevice, "removed_from_device")]
    [DataRow((int)CodeChange.FailedToSetOnDevice, "failed_to_set_on_device")]
    [DataRow((int)CodeChange.DelayInSettingOnDevice, "delay_in_setting_on_device")]
    [DataRow((int)CodeChange.FailedToRemoveFromDevice, "failed_to_remove_from_device")]
    [DataRow((int)CodeChange.DelayInRemovingFromDevice, "delay_in_removing_from_device")]
    [DataRow((int)CodeChange.ModifiedExternally, "modified_external_to_seam")]
    [DataRow((int)CodeChange.DeletedExternally, "deleted_external_to_seam")]
    public void A_change_of_a_code_names_it(int change, string type) =>
        Assert.AreEqual(Start + "'access_code." + type + "','sequence':3,'occurred_at':null,"
            + "'access_code_id':'" + TestJson.Id(5) + "'}",
            Text(EventKind.CodeChanged, change, 0, 5));

    [TestMethod]
    public void Duress_and_programming_mode_are_told_apart_from_entries()
    {
        Assert.AreEqual(Start + "'keyway.duress','sequence':3,'occurred_at':null,"
            + "'access_code_id':'" + TestJson.Id(5) + "'}", Text(EventKind.Duress, 0, 0, 5));
        Assert.AreEqual(Start + "'keyway.programming_mode','sequence':3,'occurred_at':null,"
            + "'method':'keycode'}", Text(EventKind.Entry, (int)CodeMatch.Master, 0, 0));
    }

    [TestMethod]
    [DataRow((int)EventKind.CommandRefused, (int)Refusal.NotJson, "keyway.command_refused",
        "keyway/v1/d/access_codes/create: code: member given twice at byte 300")]
    [DataRow((int)EventKind.CommandRefused, (int)Refusal.Missing, "keyway.command_refused",
        "keyway/v1/d/access_codes/create: code: is required")]
    [DataRow((int)EventKind.CommandRetained, 0, "keyway.command_refused",
        "keyway/v1/d/access_codes/create: payload: is retained, and a stored "
        + "command must not run again at each start; publish it without the retain flag'}")]
    [DataRow((int)EventKind.StorageTrouble, (int)StorageStatus.UnknownFormat,
        "keyway.storage_trouble", "the keypad's flash was written in another format")]
    [DataRow((int)EventKind.StorageTrouble, (int)StorageStatus.WriteFailed,
        "keyway.storage_trouble", "the keypad's flash did not keep")]
    [DataRow((int)EventKind.StorageTrouble, (int)StorageStatus.ChipFailed,
        "keyway.storage_trouble", "the keypad's flash does not answer, or is not the part that the "
        + "board expects; no code opens'}")]
    [DataRow((int)EventKind.StorageTrouble, (int)StorageStatus.Damaged,
        "keyway.storage_trouble", "a sector of the keypad's flash is worn or has rotted; the "
        + "lock goes on, have the keypad replaced'}")]
    [DataRow((int)EventKind.CodesLost, 0, "keyway.storage_trouble",
        "300 access codes on the keypad's flash cannot be read")]
    public void Trouble_is_said_in_words(int kind, int reason, string type, string message)
    {
        string text = Text((EventKind)kind, reason, 0, 0);
        Assert.IsTrue(text.StartsWith(Start + "'" + type
            + "','sequence':3,'occurred_at':null,'message':'" + message), text);
    }

    private static string Text(EventKind kind, int reason, uint occurredAt, int accessCode)
    {
        byte[] frame = new byte[Frame.SizeBytes];
        frame[Frame.Type] = (byte)FrameType.Event;
        TestBook.Id(7).CopyTo(frame, Frame.AttemptId);
        Frame.PutUInt32(frame, Frame.OccurredAt, occurredAt);
        Frame.PutUInt32(frame, Frame.Serial, 3);
        frame[Frame.Action] = (byte)kind;
        frame[Frame.Reason] = (byte)reason;
        if (accessCode != 0)
        {
            TestBook.Id(accessCode).CopyTo(frame, Frame.AccessCodeId);
        }

        if (kind != EventKind.Entry)
        {
            frame[Frame.EventMember] = (byte)CommandMember.Code;
            frame[Frame.EventJsonError] = (byte)(reason == (int)Refusal.NotJson
                ? JsonError.DuplicateMember : JsonError.None);
            Frame.PutUInt16(frame, Frame.EventNumber, 300);
        }

        JsonWriter json = new(Limits.PublishBytes);
        EventWriter.Write(json, new Topics("d"), frame);
        return TestJson.Text(json.ToArray());
    }
}
