using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Keyway.Boards.Esp32;
using Keyway.Boards.Esp32.M2Mqtt;
using Keyway.Boards.Esp32DevKitC;
using Keyway.Boards.Virtual;
using Keyway.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>A lock on an ESP32-DevKitC, from its setup file on: LockProgram over virtual chips.
/// </summary>
internal sealed class LockUnderTest : IDisposable
{
    public const string DeviceId = "5b0c6bb4-1e4e-4a3c-9a55-0e0b5f5f8d11";

    /// <summary>The beginning of a keyway.json.</summary>
    public const string Identity =
        "{\"device_id\":\"" + DeviceId + "\","
        + "\"device_secret\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\",";

    /// <summary>More of it, for a connection with TLS.</summary>
    public const string Tls =
        ",\"ca_certificate\":\"-----BEGIN CERTIFICATE----- -----END CERTIFICATE-----\"";

    private const string Network =
        "\"wifi_ssid\":\"office\",\"broker_host\":\"broker.example\"";

    private const string Path = "I:\\keyway.json";
    private const int FlashBytes = 64 * SpiNorFlash.SectorSizeBytes;
    private const string Legend = "123456789*0#";
    private readonly BoardPins _pins = Pins.All();
    private int _column = -1;
    private int _commands;

    /// <summary>Wires it; nothing runs yet.</summary>
    public LockUnderTest(string more = "")
    {
        Controller = new Controller();
        Controller.Files[Path] = Encoding.UTF8.GetBytes(Identity + Network + more + "}");
        Controller.Chips[_pins.FlashChipSelect] =
            new W25qChip(FlashParts.Find(0xEF4017), Controller.Clock, FlashBytes);
        Keypad = new MatrixKeypad(4, 3, Legend.ToCharArray(), Controller.Clock, 0, 1);
        int[] columns = _pins.KeypadColumns();
        for (int i = 0; i < columns.Length; i++)
        {
            int column = i;
            Controller.Pin(columns[i]).Driven = isHigh => DriveColumn(column, isHigh);
        }

        int[] rows = _pins.KeypadRows();
        for (int i = 0; i < rows.Length; i++)
        {
            int row = 1 << i;
            Controller.Pin(rows[i]).Wire =
                () => _column < 0 || (Keypad.ReadRows() & row) == 0;
        }

        Controller.Pin(_pins.DoorContact).Wire = () => false;
        Controller.Pin(_pins.Tamper).Wire = () => false;
    }

    public Controller Controller { get; }

    public BrokerSide Broker => Controller.Broker;

    public MatrixKeypad Keypad { get; }

    public DevicePin Strike => Controller.Pin(_pins.Strike);

    public DevicePin RedLed => Controller.Pin(_pins.RedLed);

    public DevicePin GreenLed => Controller.Pin(_pins.GreenLed);

    public DevicePin WatchdogFeed => Controller.Pin(_pins.WatchdogFeed);

    public DevicePin DoorContact => Controller.Pin(_pins.DoorContact);

    public List<string> Lines => Controller.Lines;

    public void RemoveSetup() => Controller.Files.Remove(Path);

    /// <summary>Applies power, or resets.</summary>
    public void Boot() => Controller.Boot(
        () => LockProgram.Run(new DirectWiring(_pins), M2MqttSession.Over));

    /// <summary>Boots, and waits until the broker knows it and it takes commands.</summary>
    public void BootToOnline()
    {
        Boot();
        AssertOnline();
    }

    public void AssertOnline(int atMostMs = 120_000)
    {
        int before = Broker.Published.Count;
        Assert.IsTrue(Controller.RunUntil(
            () => Broker.Published.Skip(before).Any(IsBirth), atMostMs), "not online");
    }

    /// <summary>Sends a command, and again while no answer comes.</summary>
    public void Create(string digits)
    {
        string attempt = $"00000000-0000-4000-8000-{++_commands:000000000000}";
        string command = $"{{\"action_attempt_id\":\"{attempt}\","
            + $"\"device_id\":\"{DeviceId}\",\"code\":\"{digits}\"}}";
        bool isAnswered = false;
        for (int i = 0; i < 5 && !isAnswered; i++)
        {
            Broker.Deliver(
                $"keyway/v1/{DeviceId}/access_codes/create", Encoding.UTF8.GetBytes(command));
            isAnswered = Controller.RunUntil(() => Broker.Published.Any(
                one => one.Topic.EndsWith("/action_attempts", StringComparison.Ordinal)
                    && one.Payload.Contains(attempt, StringComparison.Ordinal)), 20_000);
        }

        Assert.IsTrue(isAnswered, "no answer");
    }

    /// <summary>Types digits and Enter.</summary>
    /// <returns>True when the strike moved.</returns>
    public bool Opens(string digits)
    {
        Controller.RunFor(2_000);
        Keypad.Type(digits + "#", 100, 100);
        return Controller.RunUntil(() => Strike.IsHigh, 5_000);
    }

    public void Dispose() => Controller.Dispose();

    private static bool IsBirth((string Topic, string Payload, bool Retain) one) =>
        one.Topic.EndsWith("/status", StringComparison.Ordinal)
        && one.Payload.Contains("\"online\":true", StringComparison.Ordinal);

    private void DriveColumn(int column, bool isHigh)
    {
        if (!isHigh)
        {
            _column = column;
            Keypad.Drive(column);
        }
        else if (_column == column)
        {
            _column = -1;
        }
    }
}
