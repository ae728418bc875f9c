using Keyway.Boards.Virtual;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>The check at the end of a run: it finds what it is there to find.</summary>
[TestClass]
public sealed class FleetLockTests
{
    private const int StepsMax = 5000;
    private readonly string _deviceId = Guid.NewGuid().ToString();
    private readonly LoopbackSession _session = new();

    [TestMethod]
    public void Lock_that_holds_what_it_confirmed_has_no_difference()
    {
        var expected = new ExpectedCodes(_deviceId);
        using FleetLock tested = Carry(expected.Next(), expected.Next());

        Assert.IsNull(tested.FindDifference(expected));
    }

    [TestMethod]
    public void Confirmed_code_that_is_missing_is_found()
    {
        var expected = new ExpectedCodes(_deviceId);
        using FleetLock tested = Carry();
        expected.Next().Confirm();

        string? found = tested.FindDifference(expected);

        Assert.IsNotNull(found);
        StringAssert.Contains(found, "holds 0 codes, should hold 1");
    }

    [TestMethod]
    public void Code_with_other_digits_is_found()
    {
        using FleetLock tested = Carry(new ExpectedCodes(_deviceId).Next());
        var expected = new ExpectedCodes(_deviceId);
        expected.Next();
        expected.Next().Confirm();

        string? found = tested.FindDifference(expected);

        Assert.IsNotNull(found);
        StringAssert.Contains(found, "does not open as confirmed");
    }

    [TestMethod]
    public void Commands_create_change_and_delete()
    {
        var expected = new ExpectedCodes(_deviceId);
        var topics = new List<string>();
        for (int i = 0; i < 5; i++)
        {
            LockOrder order = expected.Next();
            topics.Add(order.Topic);
            order.Confirm();
        }

        CollectionAssert.AreEqual((string[])
        [
            "access_codes/create", "access_codes/create", "access_codes/create",
            "access_codes/update", "access_codes/delete",
        ], topics);
        Assert.HasCount(2, expected.Codes);
    }

    // Gives a lock commands and lets it answer them.
    private FleetLock Carry(params LockOrder[] orders)
    {
        var tested = new FleetLock(_deviceId, _session);
        foreach (LockOrder order in orders)
        {
            Assert.IsTrue(_session.Deliver(
                $"keyway/v1/{_deviceId}/{order.Topic}", order.Payload, false));
            order.Confirm();
        }

        int answers = 0;
        for (int i = 0; answers < orders.Length || !tested.IsReady; i++)
        {
            Assert.IsLessThan(StepsMax, i, "the lock does not answer");
            tested.Step(Environment.TickCount64);
            answers = Answers();
            Thread.Sleep(1);
        }

        return tested;
    }

    private int Answers()
    {
        int count = 0;
        for (int i = 0; i < _session.PublishedCount; i++)
        {
            count += _session.Published(i).Topic.EndsWith(
                "/action_attempts", StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }
}
