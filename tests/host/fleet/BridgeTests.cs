using System.Text.Json.Nodes;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>Commands are sent to one broker, the lock is at another, bridged with it.</summary>
[TestClass]
[RequiresMosquitto]
public sealed class BridgeTests
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(60));

    [TestCleanup]
    public void Clean() => _patience.Dispose();

    [TestMethod]
    public async Task Command_crosses_the_bridge_and_its_answer_comes_back()
    {
        await using BridgedSite site = await BridgedSite.StartAsync();
        await using LockClient sender = await site.ConnectFarAsync();
        await site.Lock.StartAsync();
        await OnlineAsync(sender);

        LockMessage answer =
            await sender.SendAsync("access_codes/create", site.Create("2468"), _patience.Token);

        Assert.AreEqual("success", answer.Text("status"));
        site.Lock.Type("2468#");
        await sender.WaitAsync(
            message => message.Text("event_type") == "lock.unlocked", _patience.Token);
    }

    [TestMethod]
    public async Task Gateway_and_lock_are_on_different_sides()
    {
        await using BridgedSite site = await BridgedSite.StartAsync();
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync(
            site.Far.Port, lockPort: site.Near.Port);

        (string id, JsonNode attempt) = await tested.CreateAsync(
            new { device_id = tested.DeviceId, code = "2468" });

        Assert.AreEqual("success", (string?)attempt["status"]);
        Assert.AreEqual("set", (string?)(await tested.CodeAsync(id))["status"]);
        await tested.Lock.EnterAsync("2468", "lock.unlocked");
    }

    [TestMethod]
    public async Task Status_and_state_are_retained_on_the_far_side_too()
    {
        await using BridgedSite site = await BridgedSite.StartAsync();
        await using (LockClient sender = await site.ConnectFarAsync())
        {
            await site.Lock.StartAsync();
            await OnlineAsync(sender);
            await sender.SendAsync("access_codes/create", site.Create("2468"), _patience.Token);
            await sender.WaitAsync(IsState, _patience.Token);
        }

        await using (LockClient later = await site.ConnectFarAsync())
        {
            await OnlineAsync(later);
            await later.WaitAsync(IsState, _patience.Token);
            await site.Lock.CutPowerAsync();
            await later.WaitAsync(message => message.Text("online") == "False", _patience.Token);
        }

        await using LockClient last = await site.ConnectFarAsync();
        LockMessage status = await last.WaitAsync(
            message => message.Topic == "status", _patience.Token);
        Assert.AreEqual("False", status.Text("online"));
    }

    [TestMethod]
    public async Task Command_is_carried_out_once_across_a_bridge_that_was_away()
    {
        await using BridgedSite site = await BridgedSite.StartAsync();
        await site.Lock.StartAsync();
        Dictionary<string, object> command = site.Create("2468");
        LockMessage first;
        await using (LockClient sender = await site.ConnectFarAsync())
        {
            await OnlineAsync(sender);
            first = await sender.SendAsync("access_codes/create", command, _patience.Token);
        }

        await site.StopFarAsync();
        await site.RestartFarAsync();

        await using LockClient again = await site.ConnectFarAsync();
        await OnlineAsync(again);
        LockMessage second =
            await again.SendAsync("access_codes/create", command, _patience.Token);
        Assert.AreEqual(first.Json, second.Json);
        Assert.AreEqual(1, await site.Lock.CodeCountAsync());
    }

    [TestMethod]
    public async Task Fleet_is_sound_across_a_bridge()
    {
        await using BridgedSite site = await BridgedSite.StartAsync();
        var plan = new FleetPlan(20, 200) { Broker = site.Near, Sender = site.Far };
        await using FleetBroker broker = await FleetBroker.StartAsync(plan.Broker);

        FleetResult result = await Fleet.RunAsync(
            plan, broker, new FleetProgress(null, hasBar: false), _patience.Token);

        var report = new StringWriter();
        FleetReport.Write(report, plan, result);
        Assert.IsTrue(result.IsSound, report.ToString());
    }

    private Task OnlineAsync(LockClient client) => client.WaitAsync(
        message => message.Topic == "status" && message.Text("online") == "True",
        _patience.Token);

    private static bool IsState(LockMessage message) =>
        message.Topic.StartsWith("access_codes/state/", StringComparison.Ordinal)
        && message.Json != "";
}
