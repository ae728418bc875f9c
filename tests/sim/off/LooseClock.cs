using Keyway.Boards.Virtual;
using Keyway.Hal;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>A clock that is believed too easily, or measures durations with the time of day.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="isByUtc">Durations follow the time of day; else every jump is confirmed.</param>
public sealed class LooseClock(VirtualClock clock, bool isByUtc) : IClock
{
    private const long StartSeconds = 100_000_000;

    public long Milliseconds
    {
        get
        {
            bool isKnown = clock.TryGetUtc(out long utc);
            long offset = isByUtc && isKnown
                ? utc - ModelTime.First - clock.Milliseconds / 1000 : 0;
            return (StartSeconds + offset) * 1000 + clock.Milliseconds;
        }
    }

    public bool IsUtcConfirmed => !isByUtc || clock.IsUtcConfirmed;

    public bool TryGetUtc(out long unixSeconds) => clock.TryGetUtc(out unixSeconds);
}
