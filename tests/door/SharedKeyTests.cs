using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>common_code_key where digits change, and how long one may be.</summary>
[TestClass]
public class SharedKeyTests
{
    private const string Update = "access_codes/update";
    private const string Cleaners = ",'common_code_key':'cleaners'";

    [TestMethod]
    public void Who_alone_has_a_key_may_change_its_digits()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Cleaners + "}");
        door.Order(Update, 2, 1, ",'code':'2222'");
        Check(door, "'success'");
        Assert.IsTrue(door.Opens("2222"));
        Assert.IsFalse(door.Opens("1111"));
        door.PowerCut();
        door.Send(TestLock.Create(3, "1111") + Cleaners + "}");
        Check(door, "'common_code_key_mismatch'");
        door.Order(Update, 4, 1, ",'code':'3333'" + Cleaners);
        Check(door, "'success'");
        Assert.IsTrue(door.Opens("3333"));
    }

    [TestMethod]
    public void A_key_of_another_code_keeps_its_digits()
    {
        TestLock door = TestLock.Running();
        door.Send(TestLock.Create(1, "1111") + Cleaners + "}");
        door.Send(TestLock.Create(2, "2222") + "}");
        door.Order(Update, 3, 2, ",'code':'3333'" + Cleaners);
        Check(door, "'common_code_key_mismatch','message':'common_code_key: stands for other");
        Assert.IsTrue(door.Opens("2222"));
    }

    [TestMethod]
    public void Digits_that_follow_from_the_sites_secret_must_be_what_the_lock_takes()
    {
        // Five digits alone; the site's have six.
        TestLock door = WithCodeOfTheSite(1 << 5);
        Check(door, "'message':'common_code_key: ");
        Assert.AreEqual(0, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void Digits_that_follow_from_the_sites_secret_cannot_be_changed()
    {
        TestLock door = WithCodeOfTheSite(~0);
        string digits = TestJson.Member(door.LastAnswer, "code");
        door.Order(Update, 2, 1, ",'code':'2222'");
        Check(door, "'common_code_key_mismatch','message':'common_code_key: stands for digits "
            + "that follow from the site");
        Assert.IsTrue(door.Opens(digits));

        // Nor by saying them first.
        door.Order(Update, 3, 1, ",'name':'Ben','code':'" + digits + "'");
        Check(door, "'success'");
        door.Order(Update, 4, 1, ",'code':'2222'");
        Check(door, "'common_code_key_mismatch'");

        // With another key it is another matter.
        door.Order(Update, 5, 1, ",'code':'2222','common_code_key':'guests'");
        Check(door, "'success'");
        Assert.IsTrue(door.Opens("2222"));
    }

    [TestMethod]
    [DataRow("k", 1, true)]
    [DataRow("k", 64, true)]
    [DataRow("k", 65, false)]
    [DataRow("\u043a", 64, true)]
    [DataRow("\u043a", 65, false)]
    [DataRow("\ud83d\udd11", 64, true)]
    [DataRow("\ud83d\udd11", 65, false)]
    public void A_key_has_up_to_64_characters_of_any_script(
        string character, int count, bool isTaken)
    {
        TestLock door = TestLock.Running();
        string key = "";
        for (int i = 0; i < count; i++)
        {
            key += character;
        }

        door.Send(TestLock.Create(1, "1111") + ",'common_code_key':'" + key + "'}");
        Check(door, isTaken ? "'success'" : "common_code_key: must have 1 to 64 characters");
    }

    private static TestLock WithCodeOfTheSite(int lengths)
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.SiteSecret = new byte[32];
        door.Settings.Constraints.Lengths = lengths;
        door.PowerUp();
        door.Settle();
        door.Send("{'action_attempt_id':'" + TestJson.Id(1) + "','device_id':'"
            + TestLock.DeviceId + "'" + Cleaners + "}");
        return door;
    }

    private static void Check(TestLock door, string part) =>
        Assert.IsTrue(door.LastAnswer.IndexOf(part) > 0, door.LastAnswer);
}
