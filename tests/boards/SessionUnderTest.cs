using System;
using System.Text;
using Keyway.Boards.Esp32;
using Keyway.Boards.Esp32.M2Mqtt;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>A session on a controller, used from the test as the agent uses it.</summary>
internal sealed class SessionUnderTest : IDisposable
{
    private const string Plain =
        """{"wifi_ssid":"office","broker_host":"broker.example","broker_port":1883""";

    private readonly byte[] _buffer = new byte[MqttMessage.HeadroomBytes + 64];

    /// <summary>Starts network and session; the network comes up.</summary>
    public SessionUnderTest(bool hasTls = false, int seed = 0, bool hasNetwork = true)
    {
        Controller = new Controller();
        Controller.Threads.Chance = seed == 0 ? null : new SeededRandom(seed);
        Controller.Radio.IsThere = hasNetwork;
        LockSetup setup = SetupReader.Read(Encoding.UTF8.GetBytes(
            LockUnderTest.Identity + Plain[1..]
            + (hasTls ? LockUnderTest.Tls : "") + "}"));
        Assert.IsNull(setup.NetworkProblem);
        Keyway.Boards.Esp32.Broker broker =
            Keyway.Boards.Esp32.Broker.From(setup, out string problem);
        Assert.IsNull(problem);
        Clock = new EspClock();
        Network = new Network(setup, 0);
        Session = new M2MqttSession(broker, Network, Clock);
        Controller.RunFor(6_000);
    }

    public Controller Controller { get; }

    public BrokerSide Broker => Controller.Broker;

    public EspClock Clock { get; }

    public Network Network { get; }

    public M2MqttSession Session { get; }

    public void Begin() => Session.BeginConnect("will", Encoding.UTF8.GetBytes("gone"));

    public void Connect()
    {
        Begin();
        Assert.IsTrue(RunUntil(MqttSessionState.Connected), "not connected");
    }

    public bool RunUntil(MqttSessionState state, int atMostMs = 60_000) =>
        Controller.RunUntil(() => Session.State == state, atMostMs);

    public int Publish(string payload)
    {
        int count = Encoding.UTF8.GetBytes(
            payload, 0, payload.Length, _buffer, MqttMessage.HeadroomBytes);
        int ticket =
            Session.Publish("topic", _buffer, MqttMessage.HeadroomBytes, count, false);

        // It is the caller's again.
        Array.Clear(_buffer);
        return ticket;
    }

    /// <summary>Waits for an acknowledgement.</summary>
    /// <returns>The ticket; 0: none came.</returns>
    public int Acknowledged(int atMostMs = 5_000)
    {
        int ticket = 0;
        Controller.RunUntil(() => Session.TryTakeAcknowledged(out ticket), atMostMs);
        return ticket;
    }

    /// <summary>Closed, and every client of before too; then it connects and publishes.</summary>
    public void AssertRecovers()
    {
        Assert.IsTrue(RunUntil(MqttSessionState.Closed), "the session has not ended");
        Controller.RunFor(10_000);
        Connect();
        Assert.AreEqual(1, Broker.OpenClients, "clients that are open");
        int ticket = Publish("again");
        Assert.AreNotEqual(0, ticket);
        Assert.AreEqual(ticket, Acknowledged());
        Assert.IsEmpty(Controller.Threads.Died, "threads died");
    }

    public void Dispose() => Controller.Dispose();
}
