// Start-up of the ESP32 board: outputs, configuration, flash, agent, then the one loop. The only
// catch-all of the firmware is here.

using System;
using System.Device.Gpio;
using System.Threading;
using Keyway.Firmware;
using nanoFramework.Runtime.Native;

namespace Keyway.Boards.Esp32DevKitC;

/// <summary>The image's entry point.</summary>
public static class Program
{
    private const int RefusalNoteMs = 10_000;

    // Gives the other threads their turn; what is below the runtime's tick of 10 ms lasts a tick.
    private const int LoopSleepMs = 1;

    // Lets the note out of the serial port, and keeps a board that cannot start from restarting
    // faster than somebody can flash it.
    private const int RestartDelayMs = 2_000;

    // The runtime's tick counter wraps after 497 days, and its waits with it.
    private const long RestartAfterMs = 400L * 24 * 60 * 60 * 1_000;

    /// <summary>Runs until something throws or the tick counter is about to wrap.</summary>
    public static void Main()
    {
        Outputs outputs = null;
        string reason = "uptime";
        try
        {
            GpioController gpio = new GpioController();
            outputs = new Outputs(gpio);
            BoardConfiguration configuration = BoardConfiguration.Load();
            if (configuration.Problem != null)
            {
                Refuse(outputs, configuration.Problem);
            }

            Board board = new Board(gpio, outputs, configuration);
            Agent agent = Compose(board, configuration);
            if (agent == null)
            {
                Refuse(outputs, "capacity is more than the keypad's flash can hold");
            }

            Run(agent, board, configuration);
        }
        catch (Exception e)
        {
            reason = e.GetType().FullName;
        }

        outputs?.Release();
        Console.WriteLine("keyway: restarting: " + reason);
        Thread.Sleep(RestartDelayMs);
        Power.RebootDevice();
    }

    // Without its secret a lock can judge no code and must make none up. It waits for a file, safe
    // and fed, and says so to whoever listens at the serial port.
    private static void Refuse(Outputs outputs, string problem)
    {
        while (true)
        {
            Console.WriteLine("keyway: not running: " + problem);
            for (int waitedMs = 0; waitedMs < RefusalNoteMs; waitedMs += 1_000)
            {
                outputs.FeedWatchdog();
                Thread.Sleep(1_000);
            }
        }
    }

    private static void Run(Agent agent, Board board, BoardConfiguration configuration)
    {
        if (configuration.NetworkProblem != null)
        {
            Console.WriteLine("keyway: no network: " + configuration.NetworkProblem);
        }

        StorageStatus storage = agent.Start();
        if (storage != StorageStatus.Ok)
        {
            Console.WriteLine("keyway: storage: StorageStatus " + (int)storage);
        }

        while (board.Ports.Clock.Milliseconds < RestartAfterMs)
        {
            agent.Step();
            board.Outputs.FeedWatchdog();
            Thread.Sleep(LoopSleepMs);
        }
    }

    // Null: the settings, which were judged one by one, do not go together.
    private static Agent Compose(Board board, BoardConfiguration configuration)
    {
        var settings = new AgentSettings(configuration.DeviceId, configuration.DeviceSecret)
        {
            SiteSecret = configuration.SiteSecret,
            OfflineSecret = configuration.OfflineSecret,
            StrikeMs = configuration.StrikeMs,
            MasterCode = configuration.MasterCode,
            RelocksWithDoor = configuration.RelocksWithDoor,
            HeldOpenSeconds = configuration.HeldOpenSeconds,
            LockoutMinutes = configuration.LockoutMinutes,

            // A loop turn lasts a tick of 10 ms, so each must read the whole matrix; a call through
            // the interpreter takes longer than the wires need to settle.
            KeySettleMs = 0,
        };
        if (configuration.Capacity > 0)
        {
            settings.Capacity = configuration.Capacity;
        }

        try
        {
            return new Agent(board.Ports, settings);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
