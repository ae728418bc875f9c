using System.Text;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>Writes commands for a lock whose codes stay as many as they are.</summary>
internal sealed class BenchOrders(BenchLock door)
{
    public const string DeviceId = "5b0c6bb4-1e4e-4a3c-9a55-0e0b5f5f8d11";
    public const string TopicPrefix = $"keyway/v1/{DeviceId}/";
    private const int Digits = 1_000_000;
    private const int Spread = 7919;
    private int _attempts;
    private int _newest;
    private bool _hasNewest;
    private string _starts = "2026-11-01T00:00:00Z";
    private string _ends = "2036-11-01T00:00:00Z";
    private byte[] _lastCreate = [];

    /// <summary>Digits of the code with a number; of nobody for a number not given yet.</summary>
    public static string DigitsOf(int number) => $"{(long)number * Spread % Digits:D6}";

    /// <summary>The number that the next code will have.</summary>
    public int NextNumber => _attempts + 1;

    /// <summary>Makes or deletes the code that a command of a kind needs or has no room for.
    /// </summary>
    /// <param name="kind">What will be sent.</param>
    /// <param name="codes">How many codes the lock is to have.</param>
    /// <returns>The command, to be sent once.</returns>
    public MqttMessage Prepare(CommandKind kind, int codes)
    {
        if (kind == CommandKind.Create)
        {
            if (_hasNewest && door.Agent.Codes.Count > codes)
            {
                door.Answer(Next(CommandKind.Delete));
            }
        }
        else if (!_hasNewest)
        {
            door.Answer(Next(CommandKind.Create));
        }

        return Next(kind);
    }

    /// <summary>The next command of a kind.</summary>
    public MqttMessage Next(CommandKind kind)
    {
        if (kind == CommandKind.Repeat)
        {
            return Message(kind, [.. _lastCreate]);
        }

        _attempts++;
        byte[] payload = Encoding.ASCII.GetBytes(Text(kind, _attempts));
        _hasNewest = kind != CommandKind.Delete && (_hasNewest || kind == CommandKind.Create);
        if (kind == CommandKind.Create)
        {
            _newest = _attempts;
            _lastCreate = [.. payload];
        }

        return Message(kind, payload);
    }

    /// <summary>Codes that are made from now on hold between two unix times.</summary>
    public void SetTimes(long starts, long ends)
    {
        _starts = Iso(starts);
        _ends = Iso(ends);
    }

    /// <summary>What a command of a kind means to the lock.</summary>
    public static CommandAction ActionOf(CommandKind kind) => kind switch
    {
        CommandKind.Update => CommandAction.Update,
        CommandKind.Delete => CommandAction.Delete,
        CommandKind.Get => CommandAction.Get,
        CommandKind.List => CommandAction.List,
        _ => CommandAction.Create,
    };

    private static MqttMessage Message(CommandKind kind, byte[] payload) =>
        new(TopicPrefix + "access_codes/" + Word(kind), payload, false);

    private static string Word(CommandKind kind) => ActionOf(kind).ToString().ToLowerInvariant();

    private string Text(CommandKind kind, int number)
    {
        string members = kind switch
        {
            CommandKind.Create => $"\"code\":\"{DigitsOf(number)}\",\"name\":\"Grace Hopper\","
                + $"\"starts_at\":\"{_starts}\",\"ends_at\":\"{_ends}\"",
            CommandKind.Update => $"\"access_code_id\":\"{Id(_newest)}\","
                + $"\"name\":\"Ada {number}\",\"ends_at\":\"2037-11-01T00:00:00Z\"",
            CommandKind.List => "\"limit\":2",
            _ => $"\"access_code_id\":\"{Id(_newest)}\"",
        };
        return $"{{\"action_attempt_id\":\"{Id(number)}\",\"device_id\":\"{DeviceId}\",{members}}}";
    }

    private static string Iso(long utc) =>
        DateTimeOffset.FromUnixTimeSeconds(utc).ToString("yyyy-MM-ddTHH:mm:ssZ");

    private static string Id(int number) => $"00000000-0000-4000-8000-{number:D12}";
}
