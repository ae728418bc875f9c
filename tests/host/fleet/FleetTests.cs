using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>A small fleet, over both kinds of broker that the rig starts by itself.</summary>
[TestClass]
public sealed class FleetTests
{
    private const int Locks = 20;
    private const int Commands = 200;
    private static readonly FleetPlan Plan = new(Locks, Commands);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Small_fleet_loses_nothing_and_keeps_what_it_confirmed()
    {
        await using EmbeddedBroker embedded = await EmbeddedBroker.StartAsync();
        await using FleetBroker broker =
            await FleetBroker.StartAsync(new BrokerAddress("127.0.0.1", embedded.Port));

        FleetResult result = await RunAsync(broker);

        AssertIsSound(result);
        Assert.AreEqual(Commands, result.Locks.Figures.Answered);
        Assert.AreEqual(Commands, result.Echo.Figures.Answered);
        Assert.AreEqual(1.0, result.Echo.MessagesEach);
    }

    [TestMethod]
    [RequiresMosquitto]
    public async Task Fleet_without_a_broker_starts_mosquitto()
    {
        await using FleetBroker broker = await FleetBroker.StartAsync(null);

        FleetResult result = await RunAsync(broker);

        StringAssert.StartsWith(broker.Name, "Mosquitto");
        AssertIsSound(result);
        Assert.IsGreaterThan(0, result.Locks.BrokerBytes ?? 0);
    }

    [TestMethod]
    [RequiresMosquitto]
    public async Task Broker_that_is_not_ours_keeps_nothing_of_the_fleet()
    {
        await using MosquittoBroker mosquitto = await MosquittoBroker.StartAsync();
        await using FleetBroker broker =
            await FleetBroker.StartAsync(new BrokerAddress("127.0.0.1", mosquitto.Port));

        AssertIsSound(await RunAsync(broker));

        using var watcher = new SessionUnderTest(mosquitto.Port, "watcher");
        await watcher.ConnectAsync();
        await watcher.SubscribeAsync("keyway/v1/#");
        await watcher.PublishAsync("keyway/v1/end", "");
        Assert.AreEqual("keyway/v1/end", (await watcher.TakeAsync()).Topic);
    }

    [TestMethod]
    public async Task Command_to_nobody_is_lost_and_counted()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using FleetSender sender = await FleetSender.ConnectAsync(
            new BrokerAddress("127.0.0.1", broker.Port), CancellationToken.None);
        var load = new FleetLoad(sender, [new ExpectedCodes(Guid.NewGuid().ToString())], 3,
            TimeSpan.FromMilliseconds(50));

        FleetFigures figures = await load.RunAsync(2, CancellationToken.None);

        Assert.AreEqual(3, figures.Lost);
        Assert.AreEqual(0, figures.Answered);
        Assert.AreEqual(3, load.Done);
    }

    private static async Task<FleetResult> RunAsync(FleetBroker broker) =>
        await Fleet.RunAsync(
            Plan, broker, new FleetProgress(null, hasBar: false), CancellationToken.None);

    private void AssertIsSound(FleetResult result)
    {
        var report = new StringWriter();
        FleetReport.Write(report, Plan, result);
        TestContext.WriteLine(report.ToString());
        Assert.IsTrue(result.IsSound, report.ToString());
        Assert.IsGreaterThan(0, result.Codes);
    }
}
