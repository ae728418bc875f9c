// Start-up of every ESP32 board: outputs, boot record, setup file, flash, agent, then the one loop.
// The only catch-all of the firmware is here.

using System;
using System.Threading;
using Keyway.Firmware;
using nanoFramework.Runtime.Native;

namespace Keyway.Boards.Esp32;

/// <summary>What an image does; a board's Program gives it the wiring.</summary>
public static class LockProgram
{
    private const int RefusalTurnMs = 1_000;
    private const int RefusalNoteTurns = 10;

    // Gives the other threads their turn; what is below the runtime's tick of 10 ms lasts a tick.
    private const int LoopSleepMs = 1;

    // Lets the note out of the serial port, and keeps a board that cannot start from restarting
    // faster than somebody can flash it.
    private const int RestartDelayMs = 2_000;

    // The runtime's tick counter wraps after 497 days, and its waits with it.
    private const long RestartAfterMs = 400L * 24 * 60 * 60 * 1_000;

    /// <summary>Runs until something throws or the tick counter is about to wrap; then
    /// restarts.</summary>
    /// <param name="wiring">The board's.</param>
    /// <param name="maker">Makes the session that the board can afford.</param>
    public static void Run(IWiring wiring, SessionMaker maker)
    {
        Outputs outputs = null;
        BootFile boot = null;
        Exception fault = null;
        try
        {
            outputs = wiring.OpenOutputs();
            boot = new BootFile();
            Agent agent = Start(wiring, maker, outputs, boot);
            Supervisor supervisor = new Supervisor(outputs, boot);
            supervisor.Start();

            // Here and not in a method of its own: each call takes 204 bytes while it lasts.
            StorageStatus told = StorageStatus.Ok;
            bool isShortTold = false;
            while (Environment.TickCount64 < RestartAfterMs)
            {
                agent.Step();
                if (agent.Storage != told)
                {
                    told = agent.Storage;
                    SerialLog.Say("keyway: storage: StorageStatus ", (int)told);
                }

                if (agent.Link.IsHeapShort != isShortTold)
                {
                    isShortTold = !isShortTold;
                    SayHeap(agent.Link);
                }

                outputs.FeedWatchdog();
                supervisor.Stepped();
                Thread.Sleep(LoopSleepMs);
            }
        }
        catch (Exception e)
        {
            fault = e;
        }

        Restart(outputs, boot, fault);
    }

    // Nothing here may throw where there is no memory: the board would stand still, not restart.
    private static void Restart(Outputs outputs, BootFile boot, Exception fault)
    {
        outputs?.Release();
        if (fault == null)
        {
            SerialLog.Say("keyway: restarting: ", "uptime");
        }
        else
        {
            SerialLog.Say("keyway: restarting: ", fault);
        }

        boot?.Note(fault == null ? BootEnd.Planned : BootEnd.Crash);
        Thread.Sleep(RestartDelayMs);
        Power.RebootDevice();
    }

    // What is needed only here, the setup and its certificates, is garbage once this returns.
    private static Agent Start(
        IWiring wiring, SessionMaker maker, Outputs outputs, BootFile boot)
    {
        BootRecord record = boot.Record;
        Console.WriteLine(
            "keyway " + AgentSettings.FirmwareVersion + ": started: " + record.Reason);
        if (record.IsKeypadOnly)
        {
            SerialLog.Say("keyway: the network rests for ",
                SerialLog.Digits(Limits.KeypadOnlySeconds) + " s");
        }

        LockSetup setup = SetupFile.Read();
        if (setup.Problem != null)
        {
            Refuse(outputs, boot, setup.Problem);
        }

        int restMs = record.IsKeypadOnly ? Limits.KeypadOnlySeconds * 1_000 : 0;
        Board board = new Board(wiring, outputs, setup, restMs, maker);
        AgentSettings settings = setup.ToSettings(record.Reason);

        // A loop turn lasts a tick of 10 ms, so each must read the whole matrix; a call through
        // the interpreter takes longer than the wires need to settle.
        settings.KeySettleMs = 0;
        Agent agent = Compose(board, settings);
        if (agent == null)
        {
            Refuse(outputs, boot, "capacity: more than the keypad's flash can hold");
        }

        SerialLog.Say(
            "keyway: heap: ", SerialLog.Digits(board.Ports.Heap.FreeBytes()) + " bytes are free");
        if (agent.Codes.Capacity < settings.Capacity)
        {
            SerialLog.Say("keyway: heap: too small for ", SerialLog.Digits(settings.Capacity)
                + " codes: " + SerialLog.Digits(agent.Codes.Capacity)
                + ", or as many as are stored");
        }

        return agent;
    }

    private static void SayHeap(Link link) => SerialLog.Say(
        link.IsHeapShort ? "keyway: not connecting: heap: " : "keyway: connecting: heap: ",
        SerialLog.Digits(link.FreeHeapBytes) + " bytes are free");

    // Without its secret a lock can judge no code and must make none up. It waits for a file, safe
    // and fed, red and green in turns, and says why to whoever listens at the serial port. Whoever
    // tries files one after another makes no boot loop.
    private static void Refuse(Outputs outputs, BootFile boot, string problem)
    {
        boot.Note(BootEnd.Lasted);
        for (int turn = 0; ; turn++)
        {
            if (turn % RefusalNoteTurns == 0)
            {
                Console.WriteLine("keyway: not running: keyway.json: " + problem);
            }

            outputs.RedLed.Write(turn % 2 == 0);
            outputs.GreenLed.Write(turn % 2 != 0);
            outputs.FeedWatchdog();
            Thread.Sleep(RefusalTurnMs);
        }
    }

    // Null: the settings, which were judged one by one, do not go together.
    private static Agent Compose(Board board, AgentSettings settings)
    {
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
