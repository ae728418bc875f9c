using System;
using Keyway.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;
using nanoFramework.M2Mqtt.Exceptions;

namespace Keyway.Tests.Boards;

/// <summary>The session over a client that throws, hangs, or has no memory: an exception ends the
/// session, and not the lock.</summary>
[TestClass]
public sealed class M2MqttSessionFaultTests
{
    private static readonly string[] Topics = ["a/create"];

    [TestMethod]
    public void A_name_that_is_not_found_ends_the_connect()
    {
        using SessionUnderTest test = new();
        test.Broker.HasName = false;
        test.Begin();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        test.Broker.HasName = true;
        test.AssertRecovers();
    }

    [TestMethod]
    public void A_broker_that_is_not_reached_ends_the_connect()
    {
        using SessionUnderTest test = new();
        test.Broker.IsReachable = false;
        test.Begin();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        test.Broker.IsReachable = true;
        test.AssertRecovers();
    }

    [TestMethod]
    public void A_broker_that_says_nothing_ends_the_connect_and_its_socket_is_closed()
    {
        using SessionUnderTest test = new();
        test.Broker.IsMute = true;
        test.Begin();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        test.Controller.RunFor(5_000);
        Assert.AreEqual(0, test.Broker.OpenClients);
        test.Broker.IsMute = false;
        test.AssertRecovers();
    }

    /// <summary>The agent publishes again; the link is as it was.</summary>
    [TestMethod]
    public void A_full_queue_takes_no_publish_and_ends_nothing()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.OnRequest =
            () => throw new MqttClientException(MqttClientErrorCode.InflightQueueFull);
        Assert.AreEqual(0, test.Publish("one"));
        test.Broker.OnRequest = null;
        test.Controller.RunFor(1_000);
        Assert.AreEqual(MqttSessionState.Connected, test.Session.State);
        Assert.AreNotEqual(0, test.Publish("one"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_publish_that_throws_ends_the_session(bool isMemory)
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.OnRequest = () => throw Fault(isMemory);
        Assert.AreEqual(0, test.Publish("one"));
        test.Broker.OnRequest = null;
        test.AssertRecovers();
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_subscription_that_throws_ends_the_session(bool isMemory)
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.OnRequest = () => throw Fault(isMemory);
        Assert.IsFalse(test.Session.Subscribe(Topics));
        test.Broker.OnRequest = null;
        test.AssertRecovers();
    }

    /// <summary>The client has acknowledged the message, and the lock has not got it.</summary>
    [TestMethod]
    public void No_memory_for_a_message_ends_the_session()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.OnTold = () => throw new OutOfMemoryException();
        test.Broker.Deliver("a/create", [1]);
        test.Controller.RunFor(1_000);
        test.Broker.OnTold = null;
        Assert.AreEqual(1, test.Broker.Delivered);
        Assert.IsFalse(test.Session.TryTakeMessage(out _));
        test.AssertRecovers();
    }

    /// <summary>Its ticket would be out for ever, and after eight of them nothing is published.
    /// </summary>
    [TestMethod]
    public void No_memory_for_an_acknowledgement_ends_the_session()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.OnTold = () => throw new OutOfMemoryException();
        Assert.AreNotEqual(0, test.Publish("one"));
        test.Controller.RunFor(1_000);
        test.Broker.OnTold = null;
        test.AssertRecovers();
    }

    [TestMethod]
    public void No_memory_for_the_answer_to_a_subscription_ends_the_session()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.OnTold = () => throw new OutOfMemoryException();
        Assert.IsTrue(test.Session.Subscribe(Topics));
        test.Controller.RunFor(1_000);
        test.Broker.OnTold = null;
        test.AssertRecovers();
    }

    /// <summary>The client loses the packet and says nothing: its publish is sent again.</summary>
    [TestMethod]
    public void No_memory_for_a_packet_loses_an_acknowledgement_and_no_publish()
    {
        using SessionUnderTest test = new();
        test.Connect();
        int faults = 0;
        test.Broker.OnReceive = () =>
        {
            faults++;
            test.Broker.OnReceive = null;
            throw new OutOfMemoryException();
        };
        int ticket = test.Publish("one");
        Assert.AreEqual(ticket, test.Acknowledged());
        Assert.AreEqual(1, faults);
        Assert.HasCount(2, test.Broker.Published);
    }

    [TestMethod]
    public void A_send_that_throws_is_tried_again()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.OnSend = () =>
        {
            test.Broker.OnSend = null;
            throw new MqttCommunicationException();
        };
        int ticket = test.Publish("one");
        Assert.AreEqual(ticket, test.Acknowledged());
    }

    /// <summary>A line is a string put together: there may be no memory for it either.</summary>
    [TestMethod]
    public void No_memory_to_say_what_went_wrong_ends_no_thread()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Controller.OnLine = _ => throw new OutOfMemoryException();
        test.Broker.OnRequest = () => throw new OutOfMemoryException();
        Assert.AreEqual(0, test.Publish("one"));
        test.Broker.OnRequest = null;
        test.Controller.RunFor(5_000);
        test.Broker.HasName = false;
        test.Begin();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        test.Broker.HasName = true;
        test.AssertRecovers();
    }

    [TestMethod]
    public void Wifi_that_throws_is_tried_again_with_no_memory_to_say_so()
    {
        using SessionUnderTest test = new(hasNetwork: false);
        test.Controller.OnLine = _ => throw new OutOfMemoryException();
        test.Controller.Radio.OnConnect = () => throw new OutOfMemoryException();
        test.Controller.RunFor(60_000);
        test.Controller.Radio.OnConnect = null;
        test.Controller.Radio.IsThere = true;
        Assert.IsTrue(test.Controller.RunUntil(() => test.Network.IsUp));
        Assert.IsEmpty(test.Controller.Threads.Died);
    }

    /// <summary>Nothing waits for it: the agent steps, and the next connect succeeds.</summary>
    [TestMethod]
    public void A_close_that_hangs_is_given_up()
    {
        using SessionUnderTest test = new();
        test.Connect();
        test.Broker.CloseMs = int.MaxValue;
        test.Session.Close();
        Assert.AreEqual(MqttSessionState.Closed, test.Session.State);
        test.Controller.RunFor(60_000);
        test.Broker.CloseMs = 0;
        test.Begin();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Connected));
        int ticket = test.Publish("again");
        Assert.AreEqual(ticket, test.Acknowledged());
        Assert.Contains("mqtt: a close hangs", test.Controller.Lines);
    }

    private static Exception Fault(bool isMemory) => isMemory
        ? new OutOfMemoryException() : new MqttClientException(MqttClientErrorCode.TopicLength);
}
