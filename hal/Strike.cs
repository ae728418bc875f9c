// The electric strike of the door. The agent energizes it and steps it; it calls IOutputPin and
// IClock. Whoever energizes need not remember to release: the deadline is here.

namespace Keyway.Hal;

/// <summary>An output that never stays active for longer than it was allowed to.</summary>
public sealed class Strike
{
    private readonly IOutputPin _pin;
    private readonly IClock _clock;
    private readonly int _longestMs;
    private long _limitMs;
    private long _deadlineMs;
    private bool _isEnergized;
    private bool _hasExpired;

    /// <summary>Wires the strike and puts it to the safe level at once.</summary>
    /// <param name="pin">Active: energized.</param>
    /// <param name="clock">Measures the pulse.</param>
    /// <param name="longestMs">No pulse is longer, extended or not.</param>
    public Strike(IOutputPin pin, IClock clock, int longestMs)
    {
        _pin = pin;
        _clock = clock;
        _longestMs = longestMs;
        _pin.Write(false);
    }

    /// <summary>True from <see cref="Energize"/> until the pin was put to its safe level.</summary>
    public bool IsEnergized => _isEnergized;

    /// <summary>The last pulse ended at its deadline, and nobody released it before.</summary>
    public bool HasExpired => _hasExpired;

    /// <summary>Energizes the strike, or extends a pulse; never shortens one.</summary>
    /// <param name="durationMs">
    /// From now, at most the longest pulse counted from when it began; 0 or less does nothing.
    /// </param>
    public void Energize(int durationMs)
    {
        Step();
        if (durationMs <= 0 || _longestMs <= 0)
        {
            return;
        }

        long nowMs = _clock.Milliseconds;
        if (!IsEnergized)
        {
            _limitMs = nowMs + _longestMs;
            _deadlineMs = nowMs;
        }

        long wantedMs = nowMs + durationMs < _limitMs ? nowMs + durationMs : _limitMs;
        _deadlineMs = wantedMs > _deadlineMs ? wantedMs : _deadlineMs;
        if (!IsEnergized)
        {
            _isEnergized = true;
            _hasExpired = false;
            _pin.Write(true);
        }
    }

    /// <summary>Takes the safe level now.</summary>
    public void Release()
    {
        _pin.Write(false);
        _isEnergized = false;
    }

    /// <summary>Releases at the deadline; call it in every step.</summary>
    public void Step()
    {
        if (IsEnergized && _clock.Milliseconds >= _deadlineMs)
        {
            Release();
            _hasExpired = true;
        }
    }
}
