using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>An output that remembers what was done to it.</summary>
public sealed class RecordedPin : IOutputPin
{
    private readonly IClock _clock;
    private long _finishedActiveMs;

    /// <summary>Makes a pin at its safe level.</summary>
    /// <param name="clock">Dates the changes.</param>
    public RecordedPin(IClock clock) => _clock = clock;

    /// <summary>The level now.</summary>
    public bool IsActive { get; private set; }

    /// <summary>How often it was written, changed or not.</summary>
    public int Writes { get; private set; }

    /// <summary>How often its level changed.</summary>
    public int Changes { get; private set; }

    /// <summary>When its level changed last; 0 before.</summary>
    public long LastChangeMs { get; private set; }

    /// <summary>How long it has been active in all, up to now.</summary>
    public long ActiveMs =>
        _finishedActiveMs + (IsActive ? _clock.Milliseconds - LastChangeMs : 0);

    /// <inheritdoc/>
    public void Write(bool active)
    {
        Writes++;
        if (active == IsActive)
        {
            return;
        }

        _finishedActiveMs = ActiveMs;
        IsActive = active;
        LastChangeMs = _clock.Milliseconds;
        Changes++;
    }
}
