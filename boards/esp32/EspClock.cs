using System;
using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>The runtime's uptime, and its time of day once SNTP has set it.</summary>
/// <remarks>
/// The uptime moves in steps of 10 ms, the tick of FreeRTOS, and wraps with its 32-bit counter
/// after 497 days; the runtime's own waits go wrong at that moment too, so
/// <see cref="LockProgram"/> restarts before it comes.
/// </remarks>
public sealed class EspClock : IClock
{
    // 2025-01-01T00:00:00Z: before SNTP the clock says some year long ago.
    private const long EarliestUnixSeconds = 1_735_689_600;
    private const long DriftSeconds = 300;
    private long _confirmedUptimeUtc;

    /// <inheritdoc/>
    public long Milliseconds => Environment.TickCount64;

    /// <inheritdoc/>
    public bool TryGetUtc(out long unixSeconds)
    {
        unixSeconds = DateTime.UtcNow.ToUnixTimeSeconds();
        if (unixSeconds >= EarliestUnixSeconds)
        {
            return true;
        }

        unixSeconds = 0;
        return false;
    }

    /// <inheritdoc/>
    public bool IsUtcConfirmed
    {
        get
        {
            long differs = UptimeUtc - _confirmedUptimeUtc;
            return _confirmedUptimeUtc != 0 && differs < DriftSeconds && differs > -DriftSeconds;
        }
    }

    // What the time of day was when the uptime began: it changes only when the clock is set.
    private long UptimeUtc => DateTime.UtcNow.ToUnixTimeSeconds() - Milliseconds / 1000;

    /// <summary>A TLS handshake has succeeded: the time of day lies in the dates of the peer's
    /// certificate.</summary>
    public void Confirm() => _confirmedUptimeUtc = UptimeUtc;
}
