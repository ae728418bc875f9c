using Keyway.Hal;

namespace Keyway.Boards.StimulatorProtocol;

/// <summary>Finds the edges of the strike; a level that does not last is none.</summary>
public sealed class StrikeWatch
{
    private readonly IInputPin _pin;
    private readonly int _settleMs;
    private bool _candidate;
    private long _candidateSinceMs;

    /// <summary>Takes the level now as the first.</summary>
    /// <param name="pin">Active while the strike is energized.</param>
    /// <param name="settleMs">A level counts when it has lasted so long.</param>
    public StrikeWatch(IInputPin pin, int settleMs)
    {
        _pin = pin;
        _settleMs = settleMs;
        IsOn = pin.Read();
        _candidate = IsOn;
    }

    /// <summary>The level after the last edge.</summary>
    public bool IsOn { get; private set; }

    /// <summary>When the last edge was: the first look at which the level had changed.</summary>
    public long EdgeMs { get; private set; }

    /// <summary>Looks at the pin.</summary>
    /// <param name="nowMs">The time.</param>
    /// <returns>True: there was an edge; <see cref="EdgeMs"/> says when.</returns>
    public bool Step(long nowMs)
    {
        bool level = _pin.Read();
        if (level != _candidate)
        {
            _candidate = level;
            _candidateSinceMs = nowMs;
        }

        if (_candidate == IsOn || nowMs - _candidateSinceMs < _settleMs)
        {
            return false;
        }

        IsOn = _candidate;
        EdgeMs = _candidateSinceMs;
        return true;
    }
}
