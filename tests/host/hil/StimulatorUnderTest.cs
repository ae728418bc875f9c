using System.Collections.Concurrent;
using Keyway.Boards.StimulatorProtocol;
using Keyway.Boards.Virtual;

namespace Keyway.Tests.Host;

/// <summary>
/// The stimulator that is flashed, but for its hardware: the same loop over a pseudo-terminal, with
/// pins that a test watches.
/// </summary>
internal sealed class StimulatorUnderTest : IDisposable
{
    private readonly PseudoTerminal _line = new();
    private readonly Thread _loop;
    private volatile bool _isStopping;
    private readonly Stimulation _stimulation;

    /// <summary>Starts it.</summary>
    /// <param name="key">A key goes down (true) or up.</param>
    /// <param name="power">The lock's power comes (true) or goes.</param>
    /// <param name="door">The door opens (true) or shuts.</param>
    public StimulatorUnderTest(
        Action<char, bool>? key = null, Action<bool>? power = null, Action<bool>? door = null)
    {
        _stimulation = new Stimulation(_line, new StimulatorPins
        {
            Keys = [.. ProtocolLimits.Keys.Select(name => new WatchedPin(isDown =>
            {
                Moves.Enqueue($"{name} {(isDown ? "down" : "up")}");
                key?.Invoke(name, isDown);
            }))],
            PowerCut = new WatchedPin(isCut =>
            {
                Moves.Enqueue(isCut ? "power off" : "power on");
                power?.Invoke(!isCut);
            }),
            DoorOpen = new WatchedPin(isOpen =>
            {
                Moves.Enqueue(isOpen ? "door open" : "door closed");
                door?.Invoke(isOpen);
            }),
            Strike = Strike,
        });
        _loop = new Thread(Run) { IsBackground = true, Name = "stimulator" };
        _loop.Start();
    }

    /// <summary>The port that the rig opens.</summary>
    public string Port => _line.Path;

    /// <summary>What it has done to its pins.</summary>
    public ConcurrentQueue<string> Moves { get; } = new();

    /// <summary>The lock's strike.</summary>
    public SettablePin Strike { get; } = new();

    /// <summary>Sends bytes as if they came from it.</summary>
    public void Say(string line) => _line.Write(System.Text.Encoding.ASCII.GetBytes(line));

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopping = true;
        _loop.Join();
        _line.Dispose();
    }

    private void Run()
    {
        while (!_isStopping)
        {
            _stimulation.Step(Environment.TickCount64);
            Thread.Sleep(1);
        }
    }
}
