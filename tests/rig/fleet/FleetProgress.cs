using Spectre.Console;

namespace Keyway.Tests.Rig;

/// <summary>Shows how far a run is: a bar in a terminal, else a line a second.</summary>
/// <param name="output">For the lines; null: says nothing.</param>
/// <param name="hasBar">There is a terminal.</param>
internal sealed class FleetProgress(TextWriter? output, bool hasBar)
{
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(1);

    /// <summary>Shows some work until it ends.</summary>
    /// <param name="what">Is done.</param>
    /// <param name="total">How much of it.</param>
    /// <param name="done">How much is done now; asked from this thread.</param>
    /// <param name="begin">Begins the work.</param>
    public async Task ShowAsync(string what, int total, Func<int> done, Func<Task> begin)
    {
        Task work = begin();
        if (hasBar)
        {
            await ShowBarAsync(what, total, done, work);
        }
        else
        {
            await WriteLinesAsync(what, total, done, work);
        }

        await work;
    }

    private static Task ShowBarAsync(string what, int total, Func<int> done, Task work) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(what, maxValue: total);
                while (!work.IsCompleted)
                {
                    task.Value = done();
                    await Task.WhenAny(work, Task.Delay(BarInterval));
                }

                task.Value = done();
                task.StopTask();
            });

    private async Task WriteLinesAsync(string what, int total, Func<int> done, Task work)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(LineInterval));
            output?.WriteLine($"{what}: {done()} of {total}");
        }
    }
}
