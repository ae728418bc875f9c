using ScottPlot;

namespace Keyway.Tests.Rig;

/// <summary>Timings as plots, one a kind: a bar a measurement, a mark where its limit is.</summary>
internal static class TimingPlots
{
    private const int WidthPixels = 900;
    private const int HeightPixels = 320;
    private const float LabelAngle = 30;
    private const double Headroom = 1.15;
    private const double FarAway = 3;
    private const float MarkerPixels = 20;
    private static readonly Color BarColor = Color.FromHex("#3b6ea5");
    private static readonly Color LimitColor = Color.FromHex("#c0392b");

    /// <summary>What a kind of timing is, for a heading.</summary>
    public static string TitleOf(TimingKind kind) => kind switch
    {
        TimingKind.Answer => "From a command to its answer",
        TimingKind.StrikeAfterKey => "From Enter going down to the strike being energized",
        TimingKind.StrikeAfterCommand => "From a command to the strike being energized",
        TimingKind.Pulse => "How long the strike was energized",
        _ => "From the power coming back to the birth message",
    };

    /// <summary>The plots of what was measured, as SVG elements.</summary>
    public static IEnumerable<(TimingKind Kind, string Svg)> Draw(
        IReadOnlyList<ScenarioResult> results)
    {
        foreach (TimingKind kind in Enum.GetValues<TimingKind>())
        {
            (string Label, Timing Timing)[] measured = [.. from result in results
                from timing in result.Timings
                where timing.Kind == kind
                select ($"{result.Scenario.Name}:{timing.Line}", timing)];
            if (measured.Length > 0)
            {
                yield return (kind, Draw(measured));
            }
        }
    }

    // A limit that is far away would leave nothing to see of the measurements.
    private static double Top(double value, double limit) =>
        Math.Max(1, limit <= value * FarAway ? Math.Max(value, limit) : value) * Headroom;

    private static string Draw((string Label, Timing Timing)[] measured)
    {
        double[] places = [.. Enumerable.Range(0, measured.Length).Select(index => (double)index)];
        double[] values = [.. measured.Select(one => (double)one.Timing.Ms)];
        double[] limits = [.. measured.Select(one => (double)one.Timing.WithinMs)];
        using var plot = new Plot();
        plot.Add.Bars(places, values).Color = BarColor;
        plot.Add.Markers(places, limits, MarkerShape.HorizontalBar, MarkerPixels, LimitColor);
        plot.Axes.Bottom.SetTicks(places, [.. measured.Select(one => one.Label)]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = LabelAngle;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
        plot.Axes.Bottom.MinimumSize = 120;
        plot.Axes.Right.MinimumSize = 60;
        plot.YLabel("ms");
        plot.Axes.SetLimits(-1, measured.Length, 0, Top(values.Max(), limits.Max()));
        string document = plot.GetSvgXml(WidthPixels, HeightPixels);
        return document[document.IndexOf("<svg", StringComparison.Ordinal)..];
    }
}
