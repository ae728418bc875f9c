using System.Diagnostics;

namespace Keyway.Tests.Rig;

/// <summary>Plays scenarios.</summary>
internal static class ScenarioRun
{
    /// <summary>Plays one on a bench of its own.</summary>
    /// <param name="scenario">Which.</param>
    /// <param name="open">Makes the bench.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<ScenarioResult> PlayAsync(Scenario scenario,
        Func<CancellationToken, Task<ILockBench>> open, CancellationToken cancel)
    {
        var steps = new List<StepResult>();
        long start = Stopwatch.GetTimestamp();
        Play? play = null;
        string? failure = null;
        string? error = null;
        try
        {
            await using ILockBench bench = await open(cancel);
            play = new Play(bench);
            failure = await StepsAsync(scenario, play, steps, cancel);
            await play.CleanUpAsync(cancel);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException
            or MQTTnet.Exceptions.MqttCommunicationException)
        {
            error = broken.Message;
        }

        return new ScenarioResult(scenario, play?.Bench.Name ?? "", steps,
            play?.Timings ?? [], failure, error, Stopwatch.GetElapsedTime(start));
    }

    private static async Task<string?> StepsAsync(
        Scenario scenario, Play play, List<StepResult> steps, CancellationToken cancel)
    {
        long start = play.Bench.Milliseconds;
        try
        {
            foreach (PlacedStep placed in scenario.Steps)
            {
                play.Line = placed.Line;
                steps.Add(new StepResult(
                    placed.Line, placed.Step.Says, play.Bench.Milliseconds - start));
                await placed.Step.PlayAsync(play, cancel);
            }

            play.End();
            return null;
        }
        catch (UnmetException unmet)
        {
            return unmet.Message;
        }
    }
}
