using System.Diagnostics;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class FleetFiguresTests
{
    [TestMethod]
    [DataRow(50.0, 50.0)]
    [DataRow(99.0, 99.0)]
    [DataRow(99.5, 100.0)]
    [DataRow(100.0, 100.0)]
    [DataRow(0.5, 1.0)]
    public void Percentile_is_a_measured_time_that_so_many_did_not_exceed(
        double percent, double expectedMs)
    {
        long[] ticks =
            [.. Enumerable.Range(1, 100).Reverse().Select(ms => ms * Stopwatch.Frequency / 1000)];

        var figures = new FleetFigures(TimeSpan.FromSeconds(2), ticks);

        Assert.AreEqual(expectedMs, figures.Percentile(percent), 0.001);
        Assert.AreEqual(50.0, figures.Throughput);
    }

    [TestMethod]
    public void Without_an_answer_there_is_no_percentile() =>
        Assert.IsTrue(double.IsNaN(
            new FleetFigures(TimeSpan.FromSeconds(1), []) { Lost = 1 }.Percentile(50)));

    [TestMethod]
    public async Task Without_a_terminal_progress_is_a_line_a_second()
    {
        var output = new StringWriter();
        int done = 0;

        await new FleetProgress(output, hasBar: false).ShowAsync("answered", 7, () => done,
            async () =>
            {
                await Task.Delay(1500);
                done = 7;
            });

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.IsGreaterThanOrEqualTo(2, lines.Length);
        Assert.AreEqual("answered: 0 of 7", lines[0].TrimEnd());
        Assert.AreEqual("answered: 7 of 7", lines[^1].TrimEnd());
    }
}
