using System;
using System.Collections.Generic;
using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Boards;

/// <summary>
/// An ESP32 for the sources of boards/esp32: threads and time, serial port, files, pins, chips,
/// Wi-Fi and a broker. All but the threads outlives a reset.
/// </summary>
internal sealed class Controller : IDisposable
{
    /// <summary>The tick of FreeRTOS.</summary>
    public const int TickMs = 10;

    /// <summary>2026-11-24T00:00:00Z.</summary>
    public const long StartUtc = 1_795_478_400;

    [ThreadStatic]
    private static Controller s_current;

    private long _bootedAtMs;
    private long _utcSet;
    private long _utcSetAtMs;

    public Controller()
    {
        Current = this;
        Threads = new DeviceThreads(Clock);
    }

    /// <summary>The device whose code the calling thread runs.</summary>
    public static Controller Current
    {
        get => s_current ?? throw new InvalidOperationException("no device runs here");
        set => s_current = value;
    }

    public static bool IsAny => s_current != null;

    /// <summary>The time of chips and keypad; the device's own begins at each boot.</summary>
    public VirtualClock Clock { get; } = new();

    public DeviceThreads Threads { get; }

    public DeviceRadio Radio { get; } = new();

    public BrokerSide Broker { get; } = new();

    /// <summary>The other end of its sockets.</summary>
    public WireSide Wire { get; } = new();

    /// <summary>What the serial port said.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The internal storage, by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>By GPIO number.</summary>
    public Dictionary<int, DevicePin> Pins { get; } = [];

    /// <summary>By the GPIO number of their chip select.</summary>
    public Dictionary<int, ISpiDevice> Chips { get; } = [];

    /// <summary>May throw in the place of writing a line.</summary>
    public Action<string> OnLine { get; set; }

    /// <summary>May throw in the place of a file access.</summary>
    public Action<string> OnFile { get; set; }

    /// <summary>What the runtime says of its heap.</summary>
    public uint HeapFreeBytes { get; set; } = 1_000_000;

    public int Reboots { get; private set; }

    public long TickCount => Clock.Milliseconds - _bootedAtMs;

    /// <summary>The device's clock; long ago before SNTP.</summary>
    public long UtcNow => _utcSet + ((Clock.Milliseconds - _utcSetAtMs) / 1000);

    public DevicePin Pin(int number)
    {
        if (!Pins.TryGetValue(number, out DevicePin pin))
        {
            pin = new DevicePin();
            Pins.Add(number, pin);
        }

        return pin;
    }

    /// <summary>Applies power, or resets: nothing of an earlier run goes on.</summary>
    public void Boot(Action main)
    {
        Threads.End();
        foreach (DevicePin pin in Pins.Values)
        {
            pin.Reset();
        }

        Radio.Reset();
        Broker.Reset();
        _bootedAtMs = Clock.Milliseconds;
        SetUtc(0);
        Threads.Start(this, main);
    }

    /// <summary>Lets it run, until it reboots at the latest.</summary>
    /// <returns>False when it has rebooted; nothing runs then.</returns>
    public bool RunFor(long ms)
    {
        Threads.Wait(Threads.NowMs + ms, () => Threads.IsOff);
        if (!Threads.IsOff)
        {
            return true;
        }

        Threads.End();
        return false;
    }

    /// <summary>Lets it run until something is so; looks after each tick.</summary>
    /// <returns>False when it was not within so long.</returns>
    public bool RunUntil(Func<bool> isSo, long atMostMs = 60_000)
    {
        long endMs = Threads.NowMs + atMostMs;
        bool isThere = isSo();
        while (!isThere && Threads.NowMs < endMs && RunFor(TickMs))
        {
            isThere = isSo();
        }

        return isThere;
    }

    /// <summary>What SNTP does, or somebody who wants to harm.</summary>
    public void SetUtc(long seconds)
    {
        _utcSet = seconds;
        _utcSetAtMs = Clock.Milliseconds;
    }

    public void Reboot()
    {
        Reboots++;
        Threads.PowerOff();
        throw new PowerOffException();
    }

    public void WriteLine(string text)
    {
        Threads.DemandPower();
        OnLine?.Invoke(text);
        Lines.Add(text);
    }

    public void Dispose()
    {
        Threads.End();
        s_current = null;
    }
}
