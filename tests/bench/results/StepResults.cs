using Keyway.Firmware;

namespace Keyway.Tests.Bench;

/// <summary>The longest step of everything that a lock does.</summary>
internal static class StepResults
{
    public const string Longest = "Longest step, ";
    public const string LongestCreate = Longest + nameof(CommandKind.Create);
    private const string Start = Longest + "start: ";
    private const int Times = 4;
    private const int DueCodes = 40;
    private const int HourSeconds = 3600;
    private const int Erases = 20;

    public static void AddTo(Dictionary<string, double> figures, Scale scale)
    {
        BenchLock door = BenchLock.ForCommands(scale);
        door.Make();
        figures[Start + "until it has read its codes"] = door.LongestStepOf(() =>
        {
            while (!door.Agent.IsLoaded)
            {
                door.Step();
            }
        });
        figures[Start + "after that"] = door.LongestStepOf(() =>
        {
            door.Settle();
            door.Step(CommandWork.StepsAfter);
        });
        foreach (CommandKind kind in Enum.GetValues<CommandKind>())
        {
            figures[Longest + kind] = Enumerable.Range(0, Times).Max(_ =>
            {
                Hal.MqttMessage command = door.Orders.Prepare(kind, scale.Codes);
                return door.LongestStepOf(() => door.Answer(command));
            });
        }

        AddEntries(figures, door);
        AddReclaim(figures, door, scale);
        AddSchedule(figures, scale);
    }

    private static void AddEntries(Dictionary<string, double> figures, BenchLock door)
    {
        string unknown = BenchOrders.DigitsOf(0);
        figures[Longest + "an entry that opens"] =
            door.LongestStepOf(() => door.Enter(BenchOrders.DigitsOf(1)));
        figures[Longest + "entries that do not, until lockout"] = door.LongestStepOf(() =>
        {
            for (int i = 0; i <= Limits.WrongEntries; i++)
            {
                door.Enter(unknown);
            }
        });
    }

    // Updates, until sectors were erased because the others were full.
    private static void AddReclaim(
        Dictionary<string, double> figures, BenchLock door, Scale scale) =>
        figures[Longest + "reclaim"] = door.LongestStepOf(() =>
        {
            long end = door.Flash.Erases + Erases;
            while (door.Flash.Erases < end)
            {
                door.Answer(door.Orders.Prepare(CommandKind.Update, scale.Codes));
            }
        });

    // Many codes of the same time.
    private static void AddSchedule(Dictionary<string, double> figures, Scale scale)
    {
        int codes = Math.Min(DueCodes, scale.Codes);
        BenchLock door = BenchLock.Running(
            scale.Codes + 1, Scale.SectorsFor(scale.Codes), scale.Codes - codes);
        long begins = door.Utc + Limits.SetBeforeStartSeconds + HourSeconds;
        long ends = begins + HourSeconds;
        door.Orders.SetTimes(begins, ends);
        for (int i = 0; i < codes; i++)
        {
            door.Answer(door.Orders.Next(CommandKind.Create));
        }

        foreach ((string what, long utc) in ((string, long)[])
            [
                ("set", begins - Limits.SetBeforeStartSeconds), ("begun", begins), ("over", ends),
                ("removed", ends + Limits.RemoveAfterEndSeconds),
            ])
        {
            figures[$"{Longest}{codes} codes {what} at once"] =
                door.LongestStepOf(() => door.Rest((utc - door.Utc) * 1000));
        }

        BenchLock.Require(door.Agent.Codes.Count == scale.Codes - codes, "what ended is gone");
    }
}
