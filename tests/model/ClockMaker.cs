using Keyway.Boards.Virtual;

namespace Keyway.Tests.Model;

/// <summary>What happens to time and clock between commands.</summary>
/// <remarks>
/// Jumps stay away from 24 h: how far one is depends, after a start, on what was stored in the last
/// hour. Steps of the clock by up to 2 s are drift.
/// </remarks>
public sealed class ClockMaker(SeededRandom random, LockModel model, VirtualClock clock)
{
    private const long SetLater = 600;

    /// <summary>Moves something.</summary>
    /// <returns>What, for people.</returns>
    public string Move()
    {
        switch (random.Next(20))
        {
            case < 5:
                return Pass(1 + random.Next(600));
            case < 8:
                return Pass(ModelTime.Hour + random.Next(3 * 3600));
            case < 12:
                return PassBound();
            case 12:
                return Pass(ModelTime.Day + random.Next(3600));
            case 13:
                return Forget();
            case 14:
                return Set(-3 - random.Next(7200), "back");
            case 15:
                return Set(-(random.Next(3) * ModelTime.Day + 3), "far back");
            case 16:
                return Set(3 + random.Next(20 * 3600), "forward");
            case 17:
                return Set((28 * ModelTime.Hour) + random.Next(100_000), "far forward");
            case 18:
                clock.IsUtcConfirmed = !clock.IsUtcConfirmed;
                return $"confirmed: {clock.IsUtcConfirmed}";
            default:
                return Repair();
        }
    }

    private string Pass(long seconds)
    {
        clock.Advance(seconds * 1000);
        return $"{seconds} s pass";
    }

    // To the very second at which something begins or ends.
    private string PassBound()
    {
        long now = model.Time.Utc;
        List<long> bounds =
        [
            .. model.Codes.Values.Where(code => !code.IsOngoing)
                .SelectMany(code => new[]
                {
                    code.Starts - ModelTime.Hour, code.Starts, code.Ends,
                    code.Ends + ModelTime.Day,
                })
                .Where(bound => bound > now && bound < now + 3 * ModelTime.Day),
        ];
        if (!model.Time.IsKnown || bounds.Count == 0)
        {
            return Pass(30);
        }

        long bound = bounds[random.Next(bounds.Count)] - random.Next(2);
        return Pass(Math.Max(1, bound - now));
    }

    private string Forget()
    {
        clock.ForgetUtc();
        return "clock not known";
    }

    private string Set(long seconds, string how)
    {
        if (!model.Time.IsKnown)
        {
            return Repair();
        }

        clock.SetUtc(model.Time.Utc + seconds);
        return $"clock {how} by {seconds} s to {SpelledTime.InZ(model.Time.Utc + seconds)}";
    }

    // The clock says the time again, a little later than what was believed last.
    private string Repair()
    {
        clock.IsUtcConfirmed = true;
        long utc = Math.Max(ModelTime.First, model.Time.LatestPossible) + SetLater;
        clock.SetUtc(utc);
        return $"clock set to {SpelledTime.InZ(utc)}";
    }
}
