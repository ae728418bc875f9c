using System.Diagnostics;
using System.Text.Json;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>From an ordinary client's message to the strike, over real brokers.</summary>
[TestClass]
public sealed class EndToEndTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task Demo_ends_with_0() => Assert.AreEqual(0, await Demo.RunAsync());

    [TestMethod]
    [RequiresMosquitto]
    public async Task Mosquitto_pub_makes_a_code_that_the_keypad_accepts()
    {
        int port = FreePort.Find();
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(port);
        await using LockUnderTest tested = await LockUnderTest.StartAsync(port);
        string attempt = Guid.NewGuid().ToString();

        await RunAsync("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{port}", "-q", "1",
            "-t", $"keyway/v1/{tested.DeviceId}/access_codes/create",
            "-m", $$"""
                {"action_attempt_id":"{{attempt}}","device_id":"{{tested.DeviceId}}",
                 "code":"13579","name":"Ada"}
                """);
        string answer = await RunAsync("mosquitto_sub", "-h", "127.0.0.1", "-p", $"{port}",
            "-t", $"keyway/v1/{tested.DeviceId}/access_codes/state/+", "-C", "1", "-W", "10");

        StringAssert.Contains(answer, attempt);
        await tested.EnterAsync("97531", "lock.access_denied");
        Assert.AreEqual(0, tested.Openings);
        await tested.EnterAsync("13579", "lock.unlocked");
        Assert.AreEqual(1, tested.Openings);
    }

    [TestMethod]
    public async Task Code_opens_while_the_broker_is_away_and_the_event_arrives_later()
    {
        int port = FreePort.Find();
        EmbeddedBroker broker = await EmbeddedBroker.StartAsync(port);
        await using LockUnderTest tested = await LockUnderTest.StartAsync(port);
        LockMessage answer = await tested.SendAsync(tested.Create("2468"));
        Assert.AreEqual("success", answer.Text("status"));

        await broker.DisposeAsync();
        tested.Lock.Type("2468#");
        await Eventually.IsTrueAsync(() => tested.Openings == 1, "the door opens");

        await using EmbeddedBroker again = await EmbeddedBroker.StartAsync(port);
        await tested.ReconnectAsync();
        await tested.WaitAsync(message => message.Text("event_type") == "lock.unlocked");
    }

    [TestMethod]
    public async Task Refused_payloads_name_the_member_and_change_nothing()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using LockUnderTest tested = await LockUnderTest.StartAsync(broker.Port);
        int before = await tested.Lock.FlashStepsAsync();
        foreach ((string member, object value, string type) in new (string, object, string)[]
        {
            ("code", 1234, "invalid_input"),
            ("code", "123", "invalid_input"),
            ("code", "1234567890123", "invalid_input"),
            ("code", "١٢٣٤", "invalid_input"),
            ("device_id", Guid.NewGuid().ToString(), "device_not_found"),
            ("starts_at", "2026-02-30T10:00:00Z", "invalid_input"),
        })
        {
            Dictionary<string, object> command = tested.Create("2468");
            command[member] = value;
            LockMessage answer = await tested.SendAsync(command);
            Assert.AreEqual("error", answer.Text("status"), answer.Json);
            Assert.AreEqual(type, answer.Root.GetProperty("error").GetProperty("type").GetString());
            StringAssert.StartsWith(
                answer.Root.GetProperty("error").GetProperty("message").GetString(), member);
        }

        Assert.AreEqual(0, await tested.Lock.CodeCountAsync());
        Assert.AreEqual(before, await tested.Lock.FlashStepsAsync());
    }

    [TestMethod]
    public async Task Retained_command_is_not_carried_out()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using LockUnderTest tested = await LockUnderTest.StartAsync(broker.Port,
            before => before.Client.PublishAsync("access_codes/create",
                JsonSerializer.SerializeToUtf8Bytes(before.Create("2468")), retain: true));
        await tested.WaitAsync(
            message => message.Text("event_type") == "keyway.command_refused");
        Assert.AreEqual(0, await tested.Lock.CodeCountAsync());
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Programs.Find(program)!, arguments)
            {
                RedirectStandardOutput = true,
            })!;
        using var patience = new CancellationTokenSource(Patience);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.AreEqual(0, process.ExitCode, program);
        return output;
    }
}
