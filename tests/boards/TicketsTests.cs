using Keyway.Boards.Esp32.M2Mqtt;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>Message ids come round; tickets do not.</summary>
[TestClass]
public sealed class TicketsTests
{
    [TestMethod]
    public void An_id_given_again_is_another_ticket()
    {
        Tickets tickets = new(2);
        int first = tickets.Add(7);
        tickets.Acknowledge(7);
        int second = tickets.Add(7);
        Assert.AreNotEqual(first, second);
        Assert.IsTrue(tickets.IsFull);
        Assert.IsTrue(tickets.TryTakeAcknowledged(out int taken));
        Assert.AreEqual(first, taken);
        Assert.IsFalse(tickets.TryTakeAcknowledged(out taken));
        Assert.AreEqual(0, taken);
    }

    [TestMethod]
    public void Acknowledgements_are_given_back_in_the_order_of_publishing()
    {
        Tickets tickets = new(3);
        int[] given = [tickets.Add(1), tickets.Add(2), tickets.Add(3)];
        tickets.Acknowledge(3);
        tickets.Acknowledge(1);
        tickets.Acknowledge(99);
        Assert.IsTrue(tickets.TryTakeAcknowledged(out int taken));
        Assert.AreEqual(given[0], taken);
        Assert.IsTrue(tickets.TryTakeAcknowledged(out taken));
        Assert.AreEqual(given[2], taken);
        Assert.IsFalse(tickets.TryTakeAcknowledged(out taken));
    }

    [TestMethod]
    public void What_is_not_acknowledged_can_be_forgotten()
    {
        Tickets tickets = new(3);
        tickets.Add(1);
        int acknowledged = tickets.Add(2);
        tickets.Add(3);
        tickets.Acknowledge(2);
        tickets.ForgetPending();
        tickets.Acknowledge(1);
        Assert.IsTrue(tickets.TryTakeAcknowledged(out int taken));
        Assert.AreEqual(acknowledged, taken);
        Assert.IsFalse(tickets.TryTakeAcknowledged(out taken));
        Assert.IsFalse(tickets.IsFull);
    }
}
