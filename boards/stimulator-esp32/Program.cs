// Start-up of the stimulator: pins, line, then the one loop. What it does is in protocol/, where
// tests can reach it.

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
    // Below the runtime's tick of 10 ms lasts a tick.
    private const int LoopSleepMs = 1;

    // Lets the note out of the debugger's port.
    private const int RestartDelayMs = 2_000;

    /// <summary>Runs until something throws.</summary>
    public static void Main()
    {
        StimulatorPins pins = null;
        string reason;
        try
        {
            pins = OpenPins(new GpioController());
            Stimulation stimulation = new Stimulation(new UartLine(), pins);
            while (true)
            {
                stimulation.Step(Environment.TickCount64);
                Thread.Sleep(LoopSleepMs);
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

    private static StimulatorPins OpenPins(GpioController gpio)
    {
        int[] numbers = Pins.Keys();
        IOutputPin[] keys = new IOutputPin[numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            keys[i] = new OptoOutput(gpio, numbers[i]);
        }

        return new StimulatorPins
        {
            Keys = keys,
            PowerCut = new OptoOutput(gpio, Pins.PowerCut),
            DoorOpen = new OptoOutput(gpio, Pins.DoorOpen),
            Strike = new OptoInput(gpio, Pins.Strike),
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
