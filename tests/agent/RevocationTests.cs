using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Many revocations of offline codes on a small lock.</summary>
[TestClass]
public class RevocationTests
{
    private const string Delete = "access_codes/delete";
    private const string Label = ",'keyway_offline_label':'one_time',"
        + "'starts_at':'2026-11-24T10:00:00Z','keyway_offline_index':";

    [TestMethod]
    public void Without_room_a_revocation_is_refused_and_none_before_is_lost()
    {
        TestLock door = new(4, 0xEF4016, 9);
        door.Settings.OfflineSecret = new byte[DeviceSecret.SizeBytes];
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(9000, "1111") + ",'use_backup_access_code_pool':true,"
            + "'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T10:00:00Z'}");
        int taken = 0;
        for (int i = 0; i < Limits.RememberedMin; i++)
        {
            door.Order(Delete, i + 1, 0, Label + i);
            bool isTaken = door.LastAnswer.IndexOf("'success'") > 0;
            Assert.IsFalse(isTaken && taken < i, door.LastAnswer);
            taken += isTaken ? 1 : 0;
            door.Settle();
            door.Broker.ClearPublished();
        }

        Assert.IsTrue(taken > 0 && taken < Limits.RememberedMin, "" + taken);
        door.Order(Delete, 9001, 0, Label + taken);
        Assert.IsTrue(door.LastAnswer.IndexOf("'no_space_for_access_code_on_device'") > 0,
            door.LastAnswer);
        CheckRevoked(door, 9100, 0);
        CheckRevoked(door, 9101, taken - 1);
        door.Order("access_codes/pull_backup_access_code", 9105, 9000, "");
        Assert.IsTrue(door.LastFound.IndexOf("'no_space_for_access_code_on_device'") > 0,
            door.LastFound);
        door.PowerCut();
        CheckRevoked(door, 9102, 0);
        CheckRevoked(door, 9103, taken - 1);

        // What is full of revocations still deletes and answers.
        door.Order(Delete, 9104, 9000, "");
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    private static void CheckRevoked(TestLock door, int attempt, int index)
    {
        door.Send("{'action_attempt_id':'" + TestJson.Id(attempt) + "','device_id':'"
            + TestLock.DeviceId + "','is_offline_access_code':true,'is_one_time_use':true,"
            + "'starts_at':'2026-11-24T10:00:00Z','keyway_offline_index':" + index + "}");
        Assert.IsTrue(door.LastAnswer.IndexOf("'access_code_id_deleted'") > 0, door.LastAnswer);
    }
}
