// Start-up of the stimulator: wiring, pins, line, then the one loop. What it does is in protocol/,
// where tests can reach it.

using System;
using System.Device.Gpio;
using System.Threading;
using Keyway.Boards.StimulatorProtocol;
using Keyway.Hal;
using nanoFramework.Runtime.Native;

namespace Keyway.Boards.StimulatorEsp32;

/// <summary>The image's entry point.</summary>
public static class Program
{
    // Lets the note out of the debugger's port.
    private const int RestartDelayMs = 2_000;

    /// <summary>Runs until something throws.</summary>
    public static void Main()
    {
        StimulatorPins pins = null;
        string reason;
        try
        {
            Wiring wiring = WiringFile.Read();
            pins = OpenPins(new GpioController(), wiring);
            Stimulation stimulation = new Stimulation(
                new UartLine(wiring.LineOut, wiring.LineIn), pins);
            while (true)
            {
                stimulation.Step(Environment.TickCount64);
                Thread.Sleep(wiring.LoopMs);
            }
        }
        catch (Exception e)
        {
            reason = e.GetType().FullName;
        }

        Release(pins);
        Console.WriteLine("keyway stimulator: restarting: " + reason);
        Thread.Sleep(RestartDelayMs);
        Power.RebootDevice();
    }

    private static StimulatorPins OpenPins(GpioController gpio, Wiring wiring)
    {
        IOutputPin[] keys = new IOutputPin[wiring.Keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = new OptoOutput(gpio, wiring.Keys[i]);
        }

        return new StimulatorPins
        {
            Keys = keys,
            PowerCut = new OptoOutput(gpio, wiring.PowerCut),
            DoorOpen = new OptoOutput(gpio, wiring.DoorOpen),
            Strike = new OptoInput(gpio, wiring.Strike),
            StrikeSettleMs = wiring.StrikeSettleMs,
        };
    }

    // No key stays down, the lock has power, the door is shut.
    private static void Release(StimulatorPins pins)
    {
        if (pins == null)
        {
            return;
        }

        for (int i = 0; i < pins.Keys.Length; i++)
        {
            pins.Keys[i].Write(false);
        }

        pins.PowerCut.Write(false);
        pins.DoorOpen.Write(false);
    }
}
