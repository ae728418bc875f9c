using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Keyway.Boards.Esp32;
using Keyway.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>The bytes to the broker on a device: no call of the agent's waits, and no fault of the
/// network or of memory ends more than the connection.</summary>
[TestClass]
public sealed class SocketStreamTests
{
    private const int Seeds = 40;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Bytes_go_both_ways(bool hasTls)
    {
        using StreamUnderTest test = new(hasTls);
        test.Open();
        Assert.AreEqual(hasTls ? 1 : 0, test.Wire.Handshakes);
        Assert.AreEqual(0, test.Read());
        test.Wire.Arrive(7, 8, 9);
        Assert.AreEqual(3, test.ReadOn());
        Assert.AreEqual(5, test.Write(5));
        Assert.HasCount(5, test.Wire.Sent);
        test.AssertRecovers();
    }

    [TestMethod]
    public void TLS_waits_for_the_time_and_confirms_it()
    {
        using StreamUnderTest test = new(hasTls: true, knowsTime: false);
        test.Stream.BeginOpen();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        Assert.AreEqual(0, test.Wire.Handshakes);
        Assert.AreEqual(0, test.Wire.OpenSockets);

        test.Controller.SetUtc(Controller.StartUtc);
        Assert.IsFalse(test.Clock.IsUtcConfirmed);
        test.Open();
        Assert.IsTrue(test.Clock.IsUtcConfirmed);
    }

    [TestMethod]
    public void Nothing_connects_without_a_network()
    {
        using StreamUnderTest test = new(hasNetwork: false);
        test.Stream.BeginOpen();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        Assert.AreEqual(0, test.Wire.OpenSockets);
    }

    [TestMethod]
    public void Nothing_connects_without_a_broker()
    {
        using StreamUnderTest test = new();
        IMqttSession session = SocketStream.Session(null, null, test.Clock);
        session.BeginConnect("will", new byte[1]);
        test.Controller.RunFor(1_000);
        session.Step();
        Assert.AreEqual(MqttSessionState.Closed, session.State);
    }

    [TestMethod]
    public void Request_that_has_waited_for_an_older_one_is_not_carried_out()
    {
        using StreamUnderTest test = new(hasTls: true);
        test.Wire.ConnectMs = 2_000;
        test.Stream.BeginOpen();
        test.Controller.RunFor(100);
        test.Stream.Close(null);
        test.Stream.BeginOpen();
        Assert.IsTrue(test.RunUntil(MqttSessionState.Closed));
        test.Controller.RunFor(5_000);
        Assert.AreEqual(1, test.Wire.Handshakes);
        Assert.AreEqual(0, test.Wire.OpenSockets);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Full_window_costs_no_step(bool hasTls)
    {
        using StreamUnderTest test = new(hasTls);
        test.Open();
        test.Wire.Room = 0;
        Assert.AreEqual(0, test.Write(10));
        test.Wire.Room = 4_000;
        Assert.AreEqual(2_048, test.Write(3_000));
    }

    [TestMethod]
    public void Part_of_a_record_costs_no_step()
    {
        using StreamUnderTest test = new(hasTls: true);
        test.Open();
        test.Wire.IsPartOfRecord = true;
        test.Wire.Arrive(1, 2);
        for (int i = 0; i < 500; i++)
        {
            Assert.AreEqual(0, test.Read());
            Assert.AreEqual(1, test.Write(1));
            test.Controller.RunFor(Controller.TickMs);
        }

        test.Wire.Arrive(3);
        test.Wire.IsPartOfRecord = false;
        Assert.AreEqual(3, test.ReadOn());
    }

    [TestMethod]
    public void Rest_of_a_record_is_read_without_the_worker()
    {
        using StreamUnderTest test = new(hasTls: true);
        test.Open();
        test.Wire.Arrive(1, 2, 3, 4);
        int got = 0;
        test.Controller.RunUntil(() => (got = test.Read(2)) != 0);
        Assert.AreEqual(2, got);
        Assert.AreEqual(2, test.Read(2));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void End_of_the_other_side_is_noticed_behind_what_came_before(bool hasTls)
    {
        using StreamUnderTest test = new(hasTls);
        test.Open();
        test.Wire.Arrive(1);
        test.Wire.HasEnded = true;
        Assert.AreEqual(1, test.ReadOn());
        Assert.AreEqual(-1, test.ReadOn());
        test.AssertRecovers();
    }

    [TestMethod]
    public void Close_amid_a_wait_for_a_record_leaves_nothing_behind()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            using StreamUnderTest test = new(hasTls: true, seed);
            test.Open();
            test.Wire.IsPartOfRecord = true;
            test.Wire.Arrive(1, 2);
            test.Read();
            test.Controller.RunFor(seed * 17);
            test.AssertRecovers();
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Close_amid_a_connect_leaves_nothing_behind(bool hasTls)
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            using StreamUnderTest test = new(hasTls, seed);
            test.Stream.BeginOpen();
            test.Controller.RunFor(seed);
            test.Stream.Close(null);
            Assert.AreEqual(MqttSessionState.Closed, test.Stream.State);
            test.AssertRecovers();
        }
    }

    [TestMethod]
    [DataRow("name")]
    [DataRow("connect")]
    [DataRow("handshake")]
    [DataRow("poll")]
    [DataRow("read")]
    [DataRow("wake")]
    [DataRow("write")]
    public void Fault_ends_the_connection_and_nothing_else(string where)
    {
        Exception[] faults =
            [new SocketException(SocketError.ConnectionReset), new OutOfMemoryException()];
        foreach (Exception fault in faults)
        {
            for (int seed = 0; seed < Seeds; seed++)
            {
                using StreamUnderTest test = new(hasTls: true, seed);
                test.Wire.Fault = at => at == where ? fault : null;
                test.Stream.BeginOpen();
                test.Controller.RunUntil(
                    () => test.Stream.State != MqttSessionState.Connecting, 5_000);
                test.Wire.Arrive(1);
                int read = test.Stream.State == MqttSessionState.Connected ? test.ReadOn() : -1;
                int wrote = read > 0 ? test.Write(1) : -1;
                Assert.IsTrue(read < 0 || wrote < 0, $"{where} is not noticed");
                string line = fault.GetType().FullName!;
                Assert.IsTrue(test.Controller.Lines.Any(said => said.EndsWith(line)), line);
                test.AssertRecovers();
            }
        }
    }

    [TestMethod]
    public void Runtime_that_cannot_bound_a_handshake_connects_without()
    {
        using StreamUnderTest test = new(hasTls: true);
        test.Wire.Fault = at =>
            at == "bound" ? new SocketException(SocketError.InvalidArgument) : null;
        test.Open();
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Session_over_it_takes_a_message_and_acknowledges_it(bool hasTls)
    {
        using StreamUnderTest test = new(hasTls);
        IMqttSession session = SocketStream.Session(test.Broker, test.Network, test.Clock);
        session.BeginConnect("will", Encoding.UTF8.GetBytes("gone"));
        test.Controller.RunUntil(() => Step(session, () => test.Wire.Sent.Count > 0));
        Assert.AreEqual(0x10, test.Wire.Sent[0]);
        test.Wire.Arrive(0x20, 2, 0, 0);
        test.Controller.RunUntil(
            () => Step(session, () => session.State == MqttSessionState.Connected));
        Assert.IsTrue(session.Subscribe(["t"]));
        test.Wire.Arrive(0x90, 3, 0xFF, 0xFF, 1, 0x32, 6, 0, 1, (byte)'t', 0, 5, 42);
        MqttMessage message = null;
        Assert.IsTrue(test.Controller.RunUntil(
            () => Step(session, () => session.TryTakeMessage(out message))));
        Assert.AreEqual(42, message.Payload[message.Offset]);
        test.Wire.Sent.Clear();
        session.MessageDone();
        CollectionAssert.AreEqual(new byte[] { 0x40, 2, 0, 5 }, test.Wire.Sent);
    }

    private static bool Step(IMqttSession session, Func<bool> isSo)
    {
        session.Step();
        return isSo();
    }
}
