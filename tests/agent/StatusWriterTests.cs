using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class StatusWriterTests
{
    [TestMethod]
    public void Will_says_offline() =>
        Assert.AreEqual("{'online':false}", TestJson.Text(StatusWriter.Will()));

    [TestMethod]
    public void Birth_says_what_the_lock_is_and_holds()
    {
        TestBook shelf = new();
        shelf.Add(TestBook.Code(1));
        SlotDigest digest = shelf.Book.Digest;
        digest.Restart();
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        StatusWriter writer = new(
            new AgentSettings(TestJson.Id(9), secret), shelf.Book, shelf.Room, shelf.Json);
        Assert.IsFalse(writer.IsReady);
        while (!digest.IsDone)
        {
            digest.Step();
        }

        Assert.IsTrue(writer.IsReady);
        Assert.AreEqual(Birth(false, digest.Value), BirthOf(writer, shelf));
        shelf.Clock.SetUtc(1);
        shelf.Time.Step(out _, out _);
        Assert.AreEqual(Birth(true, digest.Value), BirthOf(writer, shelf));
    }

    [TestMethod]
    public void Every_constraint_of_the_lock_is_said_in_order()
    {
        TestBook shelf = new();
        AgentSettings settings = new(TestJson.Id(9), new byte[DeviceSecret.SizeBytes]);
        settings.Constraints.Rules =
            CodeConstraint.NoZeros | CodeConstraint.NameLength | CodeConstraint.UniqueName;
        settings.Constraints.NameMin = 3;
        settings.Constraints.NameMax = 9;
        StatusWriter writer = new(settings, shelf.Book, shelf.Room, shelf.Json);
        string text = BirthOf(writer, shelf);
        Assert.IsTrue(text.IndexOf("'code_constraints':[{'constraint_type':'no_zeros'},"
            + "{'constraint_type':'name_length','min_length':3,'max_length':9},"
            + "{'constraint_type':'name_must_be_unique'}],") > 0, text);
    }

    [TestMethod]
    public void Birth_with_every_constraint_fits()
    {
        TestBook shelf = new();
        AgentSettings settings = new(TestJson.Id(9), new byte[DeviceSecret.SizeBytes]);
        settings.Constraints.Rules = (CodeConstraint)(2 * (int)CodeConstraint.UniqueName - 1);
        settings.Constraints.NameMin = 10;
        settings.Constraints.NameMax = 32;
        settings.BootReason = BootReasons.BootLoop;
        StatusWriter writer = new(settings, shelf.Book, shelf.Room, shelf.Json);
        string text = BirthOf(writer, shelf);
        Assert.IsTrue(text.Length > 1_000 && text.Length < Limits.AnswerBytes, text);
    }

    private static string BirthOf(StatusWriter writer, TestBook shelf)
    {
        writer.Birth(int.MaxValue);
        return shelf.Written;
    }

    private static string Birth(bool isClockKnown, uint digest) => "{'online':true,'device_id':'"
        + TestJson.Id(9) + "','firmware':'" + AgentSettings.FirmwareVersion
        + "','boot_reason':'unknown','max_active_codes_supported':20,'free_slots':19,"
        + "'supported_code_lengths':[4,5,6,7,8,9,10,11,12],'code_constraints':[],"
        + "'supports_backup_access_code_pool':true,'can_program_online_access_codes':true,"
        + "'can_program_offline_access_codes':false,'is_clock_known':"
        + (isClockKnown ? "true" : "false")
        + ",'is_guessable':false,'dropped_events':0,'is_storage_ok':true"
        + ",'is_heap_short':false,'slots_digest':'" + digest.ToString("x8") + "'}";
}
