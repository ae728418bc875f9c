using System;
using System.Threading;
using Keyway.Firmware;
using nanoFramework.Runtime.Native;

namespace Keyway.Boards.Esp32;

/// <summary>Restarts a board whose agent hangs, on a thread of its own; also notes when a run has
/// lasted. It does not feed the external watchdog: that is the loop's.</summary>
public sealed class Supervisor
{
    private readonly Outputs _outputs;
    private readonly BootFile _boot;
    private readonly StepWatch _watch = new StepWatch();
    private bool _hasLasted;

    /// <summary>Wires it; nothing is watched yet.</summary>
    public Supervisor(Outputs outputs, BootFile boot)
    {
        _outputs = outputs;
        _boot = boot;
    }

    /// <summary>Begins to watch; the loop must go round from now on.</summary>
    public void Start() => new Thread(Run).Start();

    /// <summary>The loop has gone round.</summary>
    public void Stepped() => _watch.Stepped();

    private void Run()
    {
        while (true)
        {
            Thread.Sleep(Limits.SupervisorMs);
            try
            {
                if (_watch.IsHung())
                {
                    Restart();
                }

                NoteLasted();
            }
            catch (Exception e)
            {
                SerialLog.Say("keyway: supervisor: ", e);
            }
        }
    }

    // The strike first. If the file hangs too, the external watchdog is left.
    private void Restart()
    {
        _outputs.Release();
        SerialLog.Say("keyway: restarting: ", "the agent hangs");
        _boot.Note(BootEnd.Hang);
        Power.RebootDevice();
    }

    private void NoteLasted()
    {
        if (!_hasLasted && Environment.TickCount64 >= Limits.BootShortSeconds * 1000L)
        {
            _hasLasted = true;
            _boot.Note(BootEnd.Lasted);
        }
    }
}
