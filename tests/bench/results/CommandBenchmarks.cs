using BenchmarkDotNet.Attributes;
using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>From the bytes of a command to those of its answer. A command changes the lock, so
/// each is measured by itself, with all that it leaves behind done before the next.</summary>
public class CommandBenchmarks
{
    private BenchLock _door = null!;
    private MqttMessage _command = null!;

    /// <summary>What is measured; InProcess sets it before.</summary>
    internal static Scale Scale { get; set; } = Scale.Full;

    [Params(CommandKind.Create, CommandKind.Update, CommandKind.Delete, CommandKind.Get,
        CommandKind.List, CommandKind.Repeat)]
    public CommandKind Kind { get; set; }

    [GlobalSetup]
    public void Start() => _door = BenchLock.ForCommands(Scale);

    [IterationSetup]
    public void Prepare()
    {
        _door.Settle();
        _command = _door.Orders.Prepare(Kind, Scale.Codes);
    }

    [Benchmark]
    public int Send() => _door.Send(_command);
}
