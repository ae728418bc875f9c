// What `rig` does without a subcommand: a broker, a gateway, one virtual lock, its keypad in the
// terminal and in a page, until Ctrl+C.

using System.Text.Json;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Rig;

/// <summary>Runs one virtual lock for somebody at a desk.</summary>
internal static class Desk
{
    private const string LockName = "Front door";

    /// <summary>Runs until Ctrl+C.</summary>
    /// <param name="broker">mqtt://host[:port] of a broker that runs; null: one of our own.</param>
    /// <param name="port">Where our own listens.</param>
    /// <param name="httpPort">Where the gateway listens.</param>
    /// <param name="data">The lock's folder.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(
        Uri? broker, int port, ushort httpPort, string data, CancellationToken cancel)
    {
        using RigFolder folder = RigFolder.Open(data);
        await using EmbeddedBroker? own =
            broker == null ? await EmbeddedBroker.StartAsync(port) : null;
        string host = broker?.Host ?? "127.0.0.1";
        int at = own?.Port ?? (broker!.IsDefaultPort || broker.Port < 0 ? 1883 : broker.Port);
        string deviceId = folder.Settings.DeviceId;
        await using LockClient client = await LockClient.ConnectAsync(host, at, deviceId);
        using var door = new VirtualLock(folder.Settings, folder.Flash,
            () => BrokerStream.Session(new BrokerAccess(host, at), $"keyway-{deviceId}",
                reason => Console.WriteLine($"lock: not connected: {reason}")));
        door.DoorChanged += isOpen =>
            Console.WriteLine(isOpen ? "door: open, the strike is energized" : "door: locked");
        var console = new RigConsole(door, deviceId, LockName);
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            new GatewaySettings
            {
                Data = Path.Combine(folder.Path, "gateway"),
                BrokerHost = host,
                BrokerPort = at,
                Port = httpPort,
                IsQuiet = true,
                Console = console,
            },
            gate => gate.AddDevice(deviceId, LockName, folder.Settings.OfflineSecret));
        client.Received += message => Console.WriteLine($"<- {message.Topic} {message.Json}");

        Firmware.StorageStatus storage = await door.StartAsync();

        Console.WriteLine($"""
            broker  mqtt://{host}:{at}{(own == null ? "" : " (this process, 127.0.0.1 only)")}
            lock    {deviceId}
            data    {folder.Path} (flash.bin is the keypad's flash, lock.json the lock's secret)
            storage {storage}, {await door.CodeCountAsync()} access codes so far
            gateway {gateway.Url} (/openapi.json, /metrics, /health/ready)
            console {gateway.Url}{console.Access.Link}
                    (opens once; the next link is shown then)
            API key {KeyText(gateway.Folder.NewApiKey, folder.Path)}

            create a code over HTTP (export SEAM_API_KEY=… first):
              curl {gateway.Url}/access_codes/create \
                -H "Authorization: Bearer $SEAM_API_KEY" \
                -H 'Content-Type: application/json' \
                -d '{HttpExample(deviceId)}'
            the same with the official SDK (npm install seam):
              new Seam({JsOptions(gateway.Url)}).accessCodes.create({HttpExample(deviceId)})
            or over MQTT:
              mosquitto_pub -i desk -h {host} -p {at} -q 1 \
                -t keyway/v1/{deviceId}/access_codes/create \
                -m '{Example(deviceId)}'
            enter it here: digits and Enter (Esc clears). Ctrl+C ends.

            """);
        console.Access.TokenUsed += () => Console.WriteLine(
            $"console: opened; for another browser: {gateway.Url}{console.Access.Link}");
        await Terminal.RunAsync(keys => door.Type(keys), cancel);
    }

    private static string KeyText(string? made, string data) => made == null
        ? $"as shown when {data} was new; `rig credential --data {data}` makes another"
        : $"{made} (shown this once)";

    private static string JsOptions(string url) => $"{{ endpoint: '{url}' }}";

    private static string HttpExample(string deviceId) =>
        JsonSerializer.Serialize(new { device_id = deviceId, code = "1379", name = "Grace" });

    private static string Example(string deviceId) => JsonSerializer.Serialize(new
    {
        action_attempt_id = Guid.NewGuid(),
        device_id = deviceId,
        code = "2468",
        name = "Ada",
    });
}
