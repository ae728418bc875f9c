using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Names: given, too long, and none at all, with what a lock asks of them.</summary>
[TestClass]
public class NameTests
{
    private const string Update = "access_codes/update";

    [TestMethod]
    [DataRow(0, 32, "Access code 1")]
    [DataRow(13, 13, "Access code 1")]
    [DataRow(15, 32, "Access code 001")]
    [DataRow(3, 5, "Acce1")]
    [DataRow(1, 1, "1")]
    [DataRow(40, 40, "Access code 00000000000000000001")]
    public void A_code_without_a_name_gets_one_that_fits(int least, int most, string name)
    {
        TestLock door = With(CodeConstraint.NameLength, least, most);
        door.Send(TestLock.Create(1, "1111") + "}");
        Check(door, "'success'");
        Assert.AreEqual(name, TestJson.Member(door.StateOf(1), "name"));
        door.Order(Update, 2, 1, ",'name':''");
        Check(door, "'success'");
    }

    [TestMethod]
    public void A_length_is_counted_in_characters()
    {
        TestLock door = With(CodeConstraint.NameLength, 4, 6);
        door.Send(TestLock.Create(1, "1111") + ",'name':'\u0410\u043d\u043d'}");
        Check(door, "name: must have a length within name_length");
        door.Send(TestLock.Create(2, "1111")
            + ",'name':'\u0410\u043d\u043d\u0430 \u0411\u0435\u043d'}");
        Assert.AreEqual("\u0410\u043d\u043d\u0430 \u0411",
            TestJson.Member(door.StateOf(2), "name"));
    }

    [TestMethod]
    public void What_is_cut_was_long_enough()
    {
        TestLock door = With(CodeConstraint.NameLength, 11, 32);

        // Eleven letters of three bytes: ten fit.
        door.Send(TestLock.Create(1, "1111") + ",'name':'\u0915\u0915\u0915\u0915\u0915\u0915"
            + "\u0915\u0915\u0915\u0915\u0915'}");
        Check(door, "'success'");
    }

    [TestMethod]
    public void Names_that_the_lock_gives_are_unique_too()
    {
        TestLock door = With(CodeConstraint.UniqueName, 0, 0);
        door.Send(TestLock.Create(1, "1111") + "}");
        door.Send(TestLock.Create(2, "2222") + "}");
        Check(door, "'success'");
        for (int i = 1; i <= 3; i++)
        {
            door.Send(TestLock.Create(2 + i, "3333") + ",'name':'Access code " + i + "'}");
            Check(door, "name: must differ from each name on this lock'");
        }

        // Its own stays its own; others look alike and are none.
        door.Order(Update, 6, 1, ",'name':'Access code 1'");
        Check(door, "'success'");
        door.Order(Update, 7, 1, ",'name':'Access code 2'");
        Check(door, "name: must differ from each name on this lock'");
        door.Send(TestLock.Create(8, "3333") + ",'name':'Access code 003'}");
        Check(door, "'success'");
        door.Send(TestLock.Create(9, "4444") + ",'name':'Access code 21'}");
        Check(door, "'success'");
        door.Send(TestLock.Create(10, "5555") + "}");
        Check(door, "'success'");
    }

    [TestMethod]
    [DataRow("9")]
    [DataRow("10")]
    [DataRow("19")]
    [DataRow("20")]
    public void The_name_that_any_slot_would_get_is_not_given(string number)
    {
        TestLock door = With(CodeConstraint.UniqueName, 0, 0);
        door.Send(TestLock.Create(1, "1111") + ",'name':'Access code " + number + "'}");
        Check(door, "name: must differ");
    }

    [TestMethod]
    public void A_name_may_be_nothing_but_a_slots_number()
    {
        TestLock door = With(CodeConstraint.UniqueName | CodeConstraint.NameLength, 1, 1);
        door.Send(TestLock.Create(1, "1111") + ",'name':'7'}");
        Check(door, "name: must differ");
        door.Send(TestLock.Create(2, "1111") + ",'name':'0'}");
        Check(door, "'success'");
    }

    [TestMethod]
    public void A_name_that_cannot_be_compared_now_is_not_taken()
    {
        TestLock door = With(CodeConstraint.UniqueName, 0, 0);
        door.Send(TestLock.Create(1, "1111") + ",'name':'Anna'}");
        door.Chip.IsGone = true;
        string again = TestLock.Create(2, "2222") + ",'name':'Anna'}";
        door.Send(again);
        Assert.AreEqual(1, door.AnswerCount);
        door.Chip.IsGone = false;
        door.Settle();
        door.Send(again);
        Check(door, "name: must differ");
    }

    private static TestLock With(CodeConstraint rule, int least, int most)
    {
        TestLock door = new(20, 0xEF4016);
        door.Settings.Constraints.Rules = rule;
        door.Settings.Constraints.NameMin = least;
        door.Settings.Constraints.NameMax = most;
        door.PowerUp();
        door.Settle();
        return door;
    }

    private static void Check(TestLock door, string part) =>
        Assert.IsTrue(door.LastAnswer.IndexOf(part) > 0, door.LastAnswer);
}
