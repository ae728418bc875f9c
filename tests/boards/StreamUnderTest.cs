using System;
using System.Linq;
using System.Text;
using Keyway.Boards.Esp32;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>A socket stream on a controller, used from the test as the agent uses it.</summary>
internal sealed class StreamUnderTest : IDisposable
{
    private const string Plain =
        "\"wifi_ssid\":\"office\",\"broker_host\":\"broker.example\",\"broker_port\":1883";

    private readonly byte[] _buffer = new byte[4096];

    /// <summary>Starts network and stream; the network comes up where there is one.</summary>
    public StreamUnderTest(bool hasTls = false, int seed = 0, bool knowsTime = true,
        bool hasNetwork = true)
    {
        Controller = new Controller();
        Controller.Threads.Chance = seed == 0 ? null : new SeededRandom(seed);
        Controller.Radio.IsThere = hasNetwork;
        LockSetup setup = SetupReader.Read(Encoding.UTF8.GetBytes(
            LockUnderTest.Identity + Plain + (hasTls ? LockUnderTest.Tls : "") + "}"));
        Broker = Keyway.Boards.Esp32.Broker.From(setup, out string problem);
        Assert.IsNull(problem);
        Clock = new EspClock();
        Network = new Network(setup, 0);
        Stream = new SocketStream(Broker, Network, Clock);
        Controller.RunFor(6_000);
        Controller.SetUtc(knowsTime ? Controller.StartUtc : 0);
    }

    public Controller Controller { get; }

    public WireSide Wire => Controller.Wire;

    public Keyway.Boards.Esp32.Broker Broker { get; }

    public EspClock Clock { get; }

    public Network Network { get; }

    public SocketStream Stream { get; }

    public void Open()
    {
        Stream.BeginOpen();
        Assert.IsTrue(RunUntil(MqttSessionState.Connected), "not connected");
    }

    public bool RunUntil(MqttSessionState state) =>
        Controller.RunUntil(() => Stream.State == state, 5_000);

    /// <summary>Reads once; no time passes and no other thread runs.</summary>
    public int Read(int count = 100) => InNoTime(() => Stream.Read(_buffer, 0, count));

    /// <summary>Writes once; likewise.</summary>
    public int Write(int count) => InNoTime(() => Stream.Write(_buffer, 0, count));

    /// <summary>Reads until something comes, or the end.</summary>
    public int ReadOn()
    {
        int got = 0;
        Controller.RunUntil(() => (got = Read()) != 0, 5_000);
        return got;
    }

    /// <summary>The session would close it now; then it opens again.</summary>
    public void AssertRecovers()
    {
        Wire.Fault = _ => null;
        Stream.Close(null);
        Controller.RunFor(1_000);
        Assert.AreEqual(0, Wire.OpenSockets, "sockets that are open");
        Wire.Take(_buffer, 0, _buffer.Length);
        Wire.IsPartOfRecord = false;
        Wire.HasEnded = false;
        Open();
        Assert.AreEqual(1, Wire.OpenSockets);
        Wire.Arrive(1, 2, 3);
        Assert.AreEqual(3, ReadOn());
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, _buffer.Take(3).ToArray());
        Assert.IsEmpty(Controller.Threads.Died, "threads died");
    }

    public void Dispose() => Controller.Dispose();

    private int InNoTime(Func<int> call)
    {
        long before = Controller.Threads.NowMs;
        int result = call();
        Assert.AreEqual(before, Controller.Threads.NowMs, "the call has waited");
        return result;
    }
}
