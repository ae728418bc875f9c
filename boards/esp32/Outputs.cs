using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>
/// All outputs. The first thing that <see cref="LockProgram"/> makes, the last that it touches.
/// </summary>
public sealed class Outputs
{
    private readonly IOutputPin _watchdog;
    private bool _watchdogHigh;

    /// <summary>Takes the pins, which are at their safe level.</summary>
    public Outputs(IOutputPin strike, IOutputPin greenLed, IOutputPin redLed, IOutputPin buzzer,
        IOutputPin watchdog)
    {
        Strike = strike;
        GreenLed = greenLed;
        RedLed = redLed;
        Buzzer = buzzer;
        _watchdog = watchdog;
    }

    /// <summary>The strike; active energizes it.</summary>
    public IOutputPin Strike { get; }

    /// <summary>The green LED.</summary>
    public IOutputPin GreenLed { get; }

    /// <summary>The red LED.</summary>
    public IOutputPin RedLed { get; }

    /// <summary>The buzzer.</summary>
    public IOutputPin Buzzer { get; }

    /// <summary>Gives the external watchdog one edge.</summary>
    public void FeedWatchdog()
    {
        _watchdogHigh = !_watchdogHigh;
        _watchdog.Write(_watchdogHigh);
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
