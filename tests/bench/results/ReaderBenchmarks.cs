using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Keyway.Firmware;

namespace Keyway.Tests.Bench;

/// <summary>The bytes of a command read by the lock's reader and by System.Text.Json.</summary>
public class ReaderBenchmarks
{
    private readonly CommandReader _reader = new(BenchOrders.DeviceId);
    private readonly Command _command = new();
    private CommandAction _action;
    private byte[] _payload = [];
    private byte[] _copy = [];

    [Params(CommandKind.Create, CommandKind.Update, CommandKind.Delete, CommandKind.Get,
        CommandKind.List)]
    public CommandKind Kind { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _action = BenchOrders.ActionOf(Kind);
        _payload = new BenchLock(1, Scale.SectorsFor(1)).Orders.Next(Kind).Payload;
        _copy = new byte[_payload.Length];
    }

    [Benchmark]
    public int Keyway()
    {
        // The reader decodes in what it reads.
        _payload.CopyTo(_copy, 0);
        _reader.Read(_copy, 0, _copy.Length, _action, _command);
        return _command.CodeCount;
    }

    /// <summary>Every token, no value decoded.</summary>
    [Benchmark]
    public int Tokens()
    {
        var reader = new Utf8JsonReader(_payload);
        int tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }

    /// <summary>Into an object.</summary>
    [Benchmark]
    public object? Serializer() => JsonSerializer.Deserialize<PlainOrder>(_payload);
}
