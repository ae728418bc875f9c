// The lock whose heap tests/host counts: it compiles this with the boards' sources, with those of
// an older commit too.

using System;
using System.Linq;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Boards;

/// <summary>A board from power until it holds codes.</summary>
public static class FootprintRun
{
    private const string DeviceId = "5b0c6bb4-1e4e-4a3c-9a55-0e0b5f5f8d11";
    private const string Topic = "keyway/v1/" + DeviceId + "/";
    private const int Flash = 0xEF4018;
    private const int FlashBytes = 256 * SpiNorFlash.SectorSizeBytes;
    private const int GpioNumbers = 50;
    private const int OnlineMs = 120_000;
    private const int AnswerMs = 20_000;
    private const int QuietMs = 10_000;

    /// <summary>Runs it.</summary>
    /// <param name="main">The image's entry point.</param>
    /// <param name="capacity">Of the lock.</param>
    /// <param name="codes">How many it gets.</param>
    /// <param name="reached">Told when it is connected, and when it has the codes.</param>
    public static void Run(Action main, int capacity, int codes, Action<string> reached)
    {
        using var device = new Controller();
        device.Files["I:\\keyway.json"] = Encoding.UTF8.GetBytes(
            "{\"device_id\":\"" + DeviceId + "\","
            + "\"device_secret\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\","
            + "\"site_secret\":\"IAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\","
            + "\"master_code\":\"73519284\",\"capacity\":" + capacity + ",\"strike_ms\":5000,"
            + "\"wifi_ssid\":\"office\",\"wifi_password\":\"between two trees\","
            + "\"broker_host\":\"broker.example\",\"broker_port\":1883,"
            + "\"broker_user\":\"" + DeviceId + "\",\"broker_password\":\"a password of it\","
            + "\"ntp_server\":\"ntp.example\"}");
        var chip = new W25qChip(FlashParts.Find(Flash), device.Clock, FlashBytes);
        for (int i = 0; i < GpioNumbers; i++)
        {
            device.Chips[i] = chip;
        }

        var broker = new WireBroker(device.Wire, device.Broker);
        device.Boot(main);
        Require(RunUntil(device, broker, IsBirth, OnlineMs), "online");
        device.RunFor(QuietMs);
        reached("connected");
        for (int i = 0; i < codes; i++)
        {
            Create(device, broker, i);
        }

        device.RunFor(QuietMs);
        reached("codes");
    }

    private static void Create(Controller device, WireBroker broker, int number)
    {
        string attempt = $"00000000-0000-4000-8000-{number:D12}";
        string command = $"{{\"action_attempt_id\":\"{attempt}\",\"device_id\":\"{DeviceId}\","
            + $"\"code\":\"{100_000 + (number * 37)}\",\"name\":\"Grace Hopper\","
            + "\"starts_at\":\"2026-11-01T00:00:00Z\",\"ends_at\":\"2036-11-01T00:00:00Z\"}";
        Deliver(device, broker, Encoding.UTF8.GetBytes(command));
        Require(RunUntil(device, broker, one => one.Topic == Topic + "action_attempts"
            && one.Payload.Contains(attempt) && one.Payload.Contains("\"success\""), AnswerMs),
            "an answer");
        device.Broker.Published.Clear();
    }

    // To the vendor's client, or to the socket of the image's own.
    private static void Deliver(Controller device, WireBroker broker, byte[] command)
    {
        const string Create = Topic + "access_codes/create";
        if (device.Wire.OpenSockets > 0)
        {
            broker.Deliver(Create, command);
        }
        else
        {
            device.Broker.Deliver(Create, command);
        }
    }

    private static bool RunUntil(Controller device, WireBroker broker,
        Func<(string Topic, string Payload, bool Retain), bool> isIt, long atMostMs) =>
        device.RunUntil(
            () =>
            {
                broker.Serve();
                return device.Broker.Published.Any(isIt);
            },
            atMostMs);

    private static bool IsBirth((string Topic, string Payload, bool Retain) one) =>
        one.Topic == Topic + "status" && one.Payload.Contains("\"online\":true");

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"there is not: {what}");
        }
    }
}
