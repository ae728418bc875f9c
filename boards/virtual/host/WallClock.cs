using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>The system's time, for what waits for a network.</summary>
public sealed class WallClock : IClock
{
    /// <inheritdoc/>
    public long Milliseconds => Environment.TickCount64;

    /// <inheritdoc/>
    public bool IsUtcConfirmed => true;

    /// <inheritdoc/>
    public bool TryGetUtc(out long unixSeconds)
    {
        unixSeconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return true;
    }
}
