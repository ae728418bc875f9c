using System.Device.Gpio;

namespace Keyway.Boards.Esp32DevKitC;

/// <summary>
/// All outputs. The first thing that <see cref="Program"/> makes, the last that it touches.
/// </summary>
public sealed class Outputs
{
    private bool _watchdogHigh;

    /// <summary>Opens every output at its safe level, the strike first.</summary>
    /// <param name="gpio">The board's controller.</param>
    /// <exception cref="System.Exception">A pin is taken.</exception>
    public Outputs(GpioController gpio)
    {
        Strike = new EspOutputPin(gpio, Pins.Strike);
        GreenLed = new EspOutputPin(gpio, Pins.GreenLed);
        RedLed = new EspOutputPin(gpio, Pins.RedLed);
        Buzzer = new EspOutputPin(gpio, Pins.Buzzer);
        Watchdog = new EspOutputPin(gpio, Pins.WatchdogFeed);
    }

    /// <summary>The strike; active energizes it.</summary>
    public EspOutputPin Strike { get; }

    /// <summary>The green LED.</summary>
    public EspOutputPin GreenLed { get; }

    /// <summary>The red LED.</summary>
    public EspOutputPin RedLed { get; }

    /// <summary>The buzzer.</summary>
    public EspOutputPin Buzzer { get; }

    private EspOutputPin Watchdog { get; }

    /// <summary>Gives the external watchdog one edge.</summary>
    public void FeedWatchdog()
    {
        _watchdogHigh = !_watchdogHigh;
        Watchdog.Write(_watchdogHigh);
    }

    /// <summary>Takes the safe level everywhere, the strike first.</summary>
    public void Release()
    {
        Strike.Write(false);
        Buzzer.Write(false);
        GreenLed.Write(false);
        RedLed.Write(false);
    }
}
