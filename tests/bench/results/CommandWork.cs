using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>What commands of one kind take.</summary>
internal sealed class CommandWork
{
    /// <summary>Steps in which nothing more follows: a status may, 2 s after a change.</summary>
    public const int StepsAfter = 3000 / BenchLock.StepMs;

    /// <summary>Of each, from the delivery to the answer's publish.</summary>
    public List<Work> ToAnswer { get; } = [];

    /// <summary>Of each, from there until nothing is left to do, beyond steps that had nothing.
    /// </summary>
    public List<Work> After { get; } = [];

    /// <summary>Bytes of the commands.</summary>
    public double BytesIn { get; private set; }

    /// <summary>Bytes of the answers.</summary>
    public double BytesOut { get; private set; }

    public static CommandWork Measure(
        BenchLock door, CommandKind kind, int codes, int commands, Work quiet)
    {
        var work = new CommandWork();
        for (int i = 0; i < commands; i++)
        {
            MqttMessage command = door.Orders.Prepare(kind, codes);
            door.Step(StepsAfter);
            Work before = Work.Now(door);
            work.BytesOut += door.Send(command);
            Work answered = door.Answered;
            work.ToAnswer.Add(answered - before);
            door.RequireSuccess();
            work.BytesIn += command.Payload.Length;
            door.Settle();
            door.Step(StepsAfter);
            work.After.Add((Work.Now(door) - answered).Beyond(quiet));
        }

        return work;
    }
}
