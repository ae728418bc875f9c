// The main job by itself, in a few seconds: what `rig demo` runs and CI's smoke test.

using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Rig;

/// <summary>Creates a code over MQTT, opens the door, cuts the power, opens it again.</summary>
internal static class Demo
{
    private const int StrikeMs = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Runs it on a free port and a folder of its own.</summary>
    /// <returns>0, or 1 with what went wrong on the console.</returns>
    public static async Task<int> RunAsync()
    {
        string path = Directory.CreateTempSubdirectory("keyway-demo-").FullName;
        try
        {
            await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
            using RigFolder folder = RigFolder.Open(path);
            folder.Settings.StrikeMs = StrikeMs;
            string deviceId = folder.Settings.DeviceId;
            using var door = new VirtualLock(folder.Settings, folder.Flash,
                () => BrokerStream.Session(
                    new BrokerAccess("127.0.0.1", broker.Port), $"keyway-{deviceId}"));
            await using LockClient client =
                await LockClient.ConnectAsync("127.0.0.1", broker.Port, deviceId);
            Say($"broker on 127.0.0.1:{broker.Port}, lock {deviceId}");
            await PlayAsync(door, client, deviceId);
            Say("done");
            return 0;
        }
        catch (Exception failure) when (failure is DemoException or OperationCanceledException)
        {
            Console.Error.WriteLine($"demo failed: {failure.Message}");
            return 1;
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static async Task PlayAsync(VirtualLock door, LockClient client, string deviceId)
    {
        using var patience = new CancellationTokenSource(Patience);
        CancellationToken cancel = patience.Token;
        int opened = 0;
        door.DoorChanged += isOpen => opened += isOpen ? 1 : 0;

        await door.StartAsync();
        await OnlineAsync(client, cancel);
        Say("the lock is online");

        string attempt = Guid.NewGuid().ToString();
        var command = new Dictionary<string, object>
        {
            ["action_attempt_id"] = attempt,
            ["device_id"] = deviceId,
            ["code"] = "246810",
            ["name"] = "Ada",
            ["starts_at"] = DateTime.UtcNow.AddMinutes(-1).ToString("s") + "Z",
            ["ends_at"] = DateTime.UtcNow.AddHours(1).ToString("s") + "Z",
        };
        LockMessage answer = await client.SendAsync("access_codes/create", command, cancel);
        Say($"create with a window -> {answer.Json}");
        Check(answer.Text("status") == "success", "the command was not carried out");

        string refused = await EnterAsync(door, client, "999999", cancel);
        Check(refused == "lock.access_denied" && opened == 0, "a wrong code was not refused");
        Say("999999 # -> refused, the strike has not moved");
        string granted = await EnterAsync(door, client, "246810", cancel);
        Check(granted == "lock.unlocked" && opened == 1, "the right code did not open");
        Say("246810 # -> the strike is energized");

        await WaitAsync(async () => !await door.IsOpenAsync(), cancel);
        await door.CutPowerAsync();
        await client.WaitAsync(message => message.Topic == "status"
            && message.Text("online") == "False", cancel);
        Say("power cut: the broker has published the will");
        await door.RestorePowerAsync();
        await OnlineAsync(client, cancel);
        Say("power back: the lock is online again");

        await WaitAsync(door.IsSettledAsync, cancel);
        int steps = await door.FlashStepsAsync();
        LockMessage repeated = await client.SendAsync("access_codes/create", command, cancel);
        Check(repeated.Json == answer.Json, $"the repeated command was answered {repeated.Json}");
        Check(await door.FlashStepsAsync() == steps && await door.CodeCountAsync() == 1,
            "the repeated command changed something");
        Say("the same command again -> the same answer, nothing written");

        granted = await EnterAsync(door, client, "246810", cancel);
        Check(granted == "lock.unlocked" && opened == 2, "the code was lost by the power cut");
        Say("246810 # -> the strike is energized: the code is still there");
    }

    private static async Task OnlineAsync(LockClient client, CancellationToken cancel) =>
        await client.WaitAsync(message => message.Topic == "status"
            && message.Text("online") == "True", cancel);

    private static async Task<string> EnterAsync(
        VirtualLock door, LockClient client, string digits, CancellationToken cancel)
    {
        door.Type(digits + "#");

        // On a busy machine events of late feedback come in between.
        LockMessage happened = await client.WaitAsync(message => message.Topic == "events"
            && message.Text("event_type").StartsWith("lock.", StringComparison.Ordinal), cancel);
        return happened.Text("event_type");
    }

    private static async Task WaitAsync(Func<Task<bool>> condition, CancellationToken cancel)
    {
        while (!await condition())
        {
            await Task.Delay(5, cancel);
        }
    }

    private static void Check(bool condition, string problem)
    {
        if (!condition)
        {
            throw new DemoException(problem);
        }
    }

    private static void Say(string line) => Console.WriteLine(line);

    private sealed class DemoException(string problem) : Exception(problem);
}
