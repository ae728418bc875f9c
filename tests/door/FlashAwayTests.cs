using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Commands while the flash cannot be read, or a code on it.</summary>
[TestClass]
public class FlashAwayTests
{
    private const string Window =
        ",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T10:00:00Z'";

    [TestMethod]
    [DataRow("access_codes/update", ",'name':'Ben'")]
    [DataRow("access_codes/delete", "")]
    [DataRow("access_codes/pull_backup_access_code", "")]
    [DataRow("access_codes/get", "")]
    public void A_code_that_cannot_be_read_is_not_said_to_be_gone(string word, string members)
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Window + ",'use_backup_access_code_pool':true}");
        door.Settle();
        door.Broker.ClearPublished();
        door.Chip.IsGone = true;
        door.Order(word, 2, 1, members);
        Assert.AreEqual(0, door.CountOf(TestJson.Id(2)), "no answer");
        door.Chip.IsGone = false;
        door.Order(word, 2, 1, members);
        Assert.IsTrue(door.HasPublished(TestJson.Id(2)), "an answer");
        Assert.IsFalse(door.HasPublished("'status':'error'"), door.LastAnswer + door.LastFound);
    }

    [TestMethod]
    public void A_create_whose_id_may_be_there_makes_no_second_code()
    {
        TestLock door = TestLock.Running();
        string again = ",'access_code_id':'" + TestJson.Id(1) + "'}";
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Settle();
        door.Chip.IsGone = true;
        door.Send(TestLock.Create(2, "2222") + again);
        Assert.AreEqual(1, door.AnswerCount);
        door.Chip.IsGone = false;
        door.Send(TestLock.Create(2, "2222") + again);
        Assert.IsTrue(door.LastAnswer.IndexOf("'access_code_id_in_use'") > 0, door.LastAnswer);
        Assert.AreEqual(1, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void First_digits_of_a_code_that_rotted_are_free_again()
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.Constraints.Rules = CodeConstraint.UniqueFirstFour;
        door.PowerUp();
        door.Settle();
        door.Send(TestLock.Create(1, "123456") + "}");
        int place = door.Agent.Codes.Slots.LocationOf(0) * Frame.SizeBytes;
        door.Chip.Image[place + Frame.CreatedAt] ^= 1;
        door.Send(TestLock.Create(2, "123499") + "}");
        Assert.AreEqual(2, door.AnswerCount);
        Assert.IsTrue(door.LastAnswer.IndexOf("'success'") > 0, door.LastAnswer);
        Assert.AreEqual(1, door.Agent.Codes.Count);
        Assert.AreEqual(1, door.Agent.Codes.LostCodes);
    }
}
