using Keyway.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using nanoFramework.M2Mqtt.Messages;

namespace Keyway.Tests.Boards;

/// <summary>The session over the vendor's client, while nothing of it throws.</summary>
[TestClass]
public sealed class M2MqttSessionTests
{
    private static readonly string[] Topics = ["a/create", "a/delete"];

    [TestMethod]
    public void Connecting_says_will_and_asks_for_the_session_kept()
    {
        using SessionUnderTest test = new();
        test.Connect();
        Assert.AreEqual("will", test.Broker.Client.WillTopic);
        Assert.AreEqual("gone", test.Broker.Client.WillMessage);
        Assert.AreEqual(32, test.Broker.Client.Settings.InflightQueueSize);
    }

    [TestMethod]
    public void Publishes_arrive_in_order_and_give_their_tickets_back()
    {
        using SessionUnderTest test = new();
        test.Connect();
        int first = test.Publish("one");
        int second = test.Publish("two");
        Assert.AreEqual(first, test.Acknowledged());
        Assert.AreEqual(second, test.Acknowledged());
        Assert.AreEqual("one", test.Broker.Published[0].Payload);
        Assert.AreEqual("two", test.Broker.Published[1].Payload);
    }

    [TestMethod]
    public void Eight_tickets_are_out_at_most()
    {
        using SessionUnderTest test = new();
        test.Connect();
        for (int i = 0; i < 8; i++)
        {
            Assert.IsTrue(test.Session.CanPublish);
            Assert.AreNotEqual(0, test.Publish("one"));
        }

        Assert.IsFalse(test.Session.CanPublish);
        Assert.AreEqual(0, test.Publish("nine"));
        Assert.AreNotEqual(0, test.Acknowledged());
        Assert.IsTrue(test.Session.CanPublish);
    }

    [TestMethod]
    public void Messages_come_in_order_and_wait_in_the_broker_while_it_is_away()
    {
        using SessionUnderTest test = new();
        test.Broker.Deliver("a/create", [1]);
        test.Connect();
        test.Broker.Deliver("a/create", [2]);
        test.Controller.RunFor(1_000);
        for (byte i = 1; i <= 2; i++)
        {
            Assert.IsTrue(test.Session.TryTakeMessage(out MqttMessage message));
            Assert.AreEqual(i, message.Payload[message.Offset]);
            Assert.AreEqual(1, message.Count);
        }

        Assert.IsFalse(test.Session.TryTakeMessage(out _));
    }

    [TestMethod]
    public void Connect_without_a_network_ends_at_once()
    {
        using SessionUnderTest test = new(hasNetwork: false);
        test.Begin();
        Assert.AreEqual(MqttSessionState.Connecting, test.Session.State);
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed, 1_000));
        Assert.AreEqual(0, test.Broker.Connects);
    }

    [TestMethod]
    public void Connect_with_TLS_waits_for_the_time_of_day_and_confirms_it()
    {
        using SessionUnderTest test = new(hasTls: true);
        test.Controller.SetUtc(0);
        test.Begin();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed, 1_000));
        test.Controller.SetUtc(Controller.StartUtc);
        Assert.IsFalse(test.Clock.IsUtcConfirmed);
        test.Connect();
        Assert.IsTrue(test.Clock.IsUtcConfirmed);
    }

    [TestMethod]
    public void A_broker_without_TLS_confirms_no_time()
    {
        using SessionUnderTest test = new();
        test.Connect();
        Assert.IsFalse(test.Clock.IsUtcConfirmed);
    }

    /// <summary>A handshake freezes everything: the moment that the agent chose is over.</summary>
    [TestMethod]
    public void A_request_that_waited_for_an_older_link_is_not_carried_out()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Session.Close();
        test.Controller.RunFor(500);
        test.Begin();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        Assert.AreEqual(1, test.Broker.Connects);
        test.Connect();
        Assert.AreEqual(1, test.Broker.MostClients);
    }

    [TestMethod]
    public void Refused_is_closed_and_says_the_reason()
    {
        using SessionUnderTest test = new();
        test.Broker.Answer = MqttReasonCode.ConnectionRefusedNotAuthorized;
        test.Begin();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        Assert.Contains("mqtt: refused, MqttReasonCode 5", test.Controller.Lines);
        test.Broker.Answer = MqttReasonCode.Success;
        test.AssertRecovers();
    }

    [TestMethod]
    public void A_link_that_is_accepted_too_late_is_closed_again()
    {
        using SessionUnderTest test = new();
        test.Broker.ConnectMs = 20_000;
        test.Begin();
        test.Controller.RunFor(10_000);
        test.Session.Close();
        test.Broker.ConnectMs = 100;
        test.Begin();
        test.Controller.RunFor(30_000);
        Assert.AreEqual(MqttSessionState.Closed, test.Session.State);
        Assert.AreEqual(0, test.Broker.OpenClients);
        test.AssertRecovers();
        Assert.AreEqual(1, test.Broker.MostClients);
    }

    [TestMethod]
    public void A_subscription_is_asked_for_and_granted()
    {
        using SessionUnderTest test = new();
        Assert.IsFalse(test.Session.Subscribe(Topics));
        test.Connect();
        Assert.IsTrue(test.Session.Subscribe(Topics));
        test.Controller.RunFor(60_000);
        Assert.AreEqual(MqttSessionState.Connected, test.Session.State);
        Assert.AreEqual("a/create", test.Broker.Subscribed[0]);
    }

    [TestMethod]
    [DataRow(false, true)]
    [DataRow(true, false)]
    public void A_subscription_refused_or_unanswered_ends_the_session(bool answers, bool grants)
    {
        using SessionUnderTest test = new();
        test.Broker.AnswersSubscriptions = answers;
        test.Broker.GrantsSubscriptions = grants;
        test.Connect();
        Assert.IsTrue(test.Session.Subscribe(Topics));
        test.AssertRecovers();
    }

    [TestMethod]
    public void A_publish_sent_three_times_in_vain_ends_the_session()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.Acknowledges = false;
        Assert.AreNotEqual(0, test.Publish("one"));
        Assert.AreEqual(0, test.Acknowledged(10_000));
        Assert.HasCount(4, test.Broker.Published, "three times, and the will");
        test.Broker.Acknowledges = true;
        test.AssertRecovers();
    }

    /// <summary>The next link may give its message the same id.</summary>
    [TestMethod]
    public void An_acknowledgement_that_comes_after_the_link_counts_for_nothing()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.AcknowledgeMs = 400;
        int lost = test.Publish("one");
        test.Controller.RunFor(100);
        test.Session.Close();
        test.Controller.RunFor(5_000);
        test.Broker.Acknowledges = false;
        test.Connect();
        int waiting = test.Publish("two");
        Assert.AreNotEqual(lost, waiting);
        Assert.AreEqual(0, test.Acknowledged(500));
    }

    /// <summary>What was acknowledged before the connection went is still told.</summary>
    [TestMethod]
    public void An_acknowledgement_not_yet_taken_outlives_the_connection()
    {
        using SessionUnderTest test = new();
        test.Connect();
        int ticket = test.Publish("one");
        test.Controller.RunFor(200);
        test.Session.Close();
        Assert.IsTrue(test.Session.TryTakeAcknowledged(out int taken));
        Assert.AreEqual(ticket, taken);
    }

    [TestMethod]
    public void A_connection_that_breaks_ends_the_session()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.Cut();
        test.AssertRecovers();
        Assert.AreEqual("gone", test.Broker.Published[0].Payload);
    }
}
