using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>Digits that need many tries are made over many steps.</summary>
[TestClass]
public class MadeStepsTests
{
    private const int Existing = 40;

    // Three a try, the rest of the command, and the schedule's look at some codes.
    private const int MacsPerStep = 3 * Limits.MadeTriesPerStep + 4 + Limits.SlotsPerStep;

    [TestMethod]
    public void A_step_computes_few_MACs_and_the_last_free_code_is_found()
    {
        TestLock door = WithOneLeft(false);
        int most = MostMacs(door, 99);
        Assert.IsTrue(most <= MacsPerStep, "" + most);
        Assert.AreEqual("7039", TestJson.Member(door.LastAnswer, "code"), door.LastAnswer);
        Assert.IsTrue(door.Opens("7039"));
    }

    [TestMethod]
    public void Where_nothing_fits_that_is_said_in_the_end()
    {
        TestLock door = WithOneLeft(true);
        int most = MostMacs(door, 99);
        Assert.IsTrue(most <= MacsPerStep, "" + most);
        Assert.IsTrue(door.LastAnswer.IndexOf("'no_code_fits_constraints'") > 0,
            door.LastAnswer);
    }

    [TestMethod]
    public void What_comes_meanwhile_waits_and_a_repeated_command_finds_its_answer()
    {
        TestLock door = WithOneLeft(false);
        door.Broker.ClearPublished();
        door.Deliver(TestJson.Bytes(Without(99)), false);
        door.Deliver(TestJson.Bytes(Without(99)), false);
        door.Deliver(TestJson.Bytes(TestLock.Create(98, "7000") + "}"), false);
        door.Step(400);
        Assert.AreEqual(3, door.AnswerCount);
        Assert.AreEqual(2, door.CountOf("'code':'7039'"));
        Assert.AreEqual(1, door.CountOf("'duplicate_code_on_device'"));
        Assert.AreEqual(Existing, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void A_power_cut_meanwhile_leaves_nothing()
    {
        TestLock door = WithOneLeft(false);
        door.Deliver(TestJson.Bytes(Without(99)), false);
        door.Step(3);
        door.PowerCut();
        Assert.AreEqual(Existing - 1, door.Agent.Codes.Count);
        Assert.IsFalse(door.HasPublished("'code':'7039'"));
        MostMacs(door, 99);
        Assert.AreEqual("7039", TestJson.Member(door.LastAnswer, "code"), door.LastAnswer);
    }

    // The most MACs of a step until the answer is there.
    private static int MostMacs(TestLock door, int attempt)
    {
        int most = 0;
        int answers = door.AnswerCount;
        door.Deliver(TestJson.Bytes(Without(attempt)), false);
        for (int i = 0; i < Limits.MadeTries && door.AnswerCount == answers; i++)
        {
            int before = door.Hash.Computations;
            door.Step(1);
            int macs = door.Hash.Computations - before;
            most = macs > most ? macs : most;
        }

        return most;
    }

    private static TestLock WithOneLeft(bool isLastGiven)
    {
        TestLock door = new(Existing + 5, 0xEF4016);
        string[] set = new string[Existing];
        for (int i = 0; i < Existing; i++)
        {
            set[i] = "" + (7000 + i);
        }

        door.Settings.Constraints.Rules =
            CodeConstraint.FromExistingSet | CodeConstraint.UniqueFirstFour;
        door.Settings.Constraints.ExistingSet = set;
        door.PowerUp();
        door.Settle();
        for (int i = 0; i < Existing - (isLastGiven ? 0 : 1); i++)
        {
            door.Send(TestLock.Create(1 + i, set[i]) + "}");
        }

        return door;
    }

    private static string Without(int attempt) => "{'action_attempt_id':'" + TestJson.Id(attempt)
        + "','device_id':'" + TestLock.DeviceId + "'}";
}
