using System.Diagnostics;

namespace Keyway.Tests.Rig;

/// <summary>What was measured of one kind of member.</summary>
internal sealed class FleetFigures
{
    private readonly long[] _ticks;

    /// <summary>Takes the measurements.</summary>
    /// <param name="elapsed">From the first command to the last answer.</param>
    /// <param name="ticks">Of each answered command, in ticks of <see cref="Stopwatch"/>; any
    /// order.</param>
    public FleetFigures(TimeSpan elapsed, long[] ticks)
    {
        Elapsed = elapsed;
        _ticks = ticks;
        Array.Sort(_ticks);
    }

    /// <summary>From the first command to the last answer.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>Commands that were answered, with success or not.</summary>
    public int Answered => _ticks.Length;

    /// <summary>Commands that were answered with an error.</summary>
    public int Refused { get; init; }

    /// <summary>Commands without an answer.</summary>
    public int Lost { get; init; }

    /// <summary>Commands that were published again, because no answer had come yet.</summary>
    public int Repeats { get; init; }

    /// <summary>Answered commands a second.</summary>
    public double Throughput => Answered / Elapsed.TotalSeconds;

    /// <summary>The time that so many of the answers took at most, in ms: the smallest measured
    /// one of which that is true.</summary>
    /// <param name="percent">Above 0, up to 100.</param>
    public double Percentile(double percent)
    {
        if (_ticks.Length == 0)
        {
            return double.NaN;
        }

        int rank = (int)Math.Ceiling(_ticks.Length * percent / 100);
        return _ticks[rank - 1] * 1000.0 / Stopwatch.Frequency;
    }
}
