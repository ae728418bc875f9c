namespace Keyway.Firmware;

/// <summary>Tells a hung agent from a frozen device. The loop says that it has stepped, a
/// supervisor on another thread looks every <see cref="Limits.SupervisorMs"/>.</summary>
/// <remarks>
/// It counts its own looks and not time: a TLS handshake stops the supervisor as well as the
/// loop, and when it is over nothing has hung. What never ends there is the external watchdog's.
/// </remarks>
public sealed class StepWatch
{
    private readonly object _gate = new();
    private int _steps;
    private int _seenSteps;
    private int _looks;

    /// <summary>The loop has gone round.</summary>
    public void Stepped()
    {
        lock (_gate)
        {
            _steps++;
        }
    }

    /// <summary>One look of the supervisor.</summary>
    /// <returns>True when the loop has not gone round for
    /// <see cref="Limits.HungLooks"/> looks in a row.</returns>
    public bool IsHung()
    {
        lock (_gate)
        {
            _looks = _steps == _seenSteps ? _looks + 1 : 0;
            _seenSteps = _steps;
            return _looks >= Limits.HungLooks;
        }
    }
}
