// The benchmarks' command line.

using System.CommandLine;
using Keyway.Tests.Bench;
using Keyway.Tests.Sim;
using Keyway.Tests.Sweep;

RootCommand root = new("Keyway's benchmarks: what is measured is printed, nothing is assumed.");

Command storage = new("storage", "What each storage operation costs on a model of NOR flash.");
storage.SetAction(_ => StorageBench.Run());
root.Subcommands.Add(storage);

Option<double> minutes = new("--minutes")
{
    Description = "How long to go on.",
    DefaultValueFactory = _ => 1,
};
Option<int> seed = new("--seed")
{
    Description = "The first of the seeds.",
    DefaultValueFactory = _ => 1,
};
Option<Protection> without = new("--without")
{
    Description = "Switches a protection off: burn, reappend, retire or seed. It must be missed.",
};
Option<string?> replay = new("--replay") { Description = "One scenario, as a run printed it." };
Command powercut = new("powercut", "Cuts the power at seeded moments, and checks what is left.")
{
    minutes, seed, without, replay,
};
powercut.SetAction(parsed => parsed.GetValue(replay) is { } scenario
    ? PowerCutBench.Replay(scenario, parsed.GetValue(without))
    : PowerCutBench.Run(
        parsed.GetValue(minutes), parsed.GetValue(seed), parsed.GetValue(without)));
root.Subcommands.Add(powercut);

Option<int> operations = new("--operations")
{
    Description = "How many.",
    DefaultValueFactory = _ => 1_000_000,
};
Command endurance = new("endurance", "Very many operations: wear, and what is left.")
{
    operations,
};
endurance.SetAction(parsed => EnduranceBench.Run(parsed.GetValue(operations)));
root.Subcommands.Add(endurance);

Option<bool> quick = new("--quick") { Description = "Little of each: to see that it runs." };
Option<string?> output = new("--out") { Description = "The file, instead of RESULTS.md." };
Option<bool> targets = new("--targets") { Description = "Only what has a target, and no file." };
Command results = new("results", "Commands, keys and start beside their floors: RESULTS.md.")
{
    quick, output, targets,
};
results.SetAction(parsed =>
{
    Scale scale = parsed.GetValue(quick) ? Scale.Quick : Scale.Full;
    return parsed.GetValue(targets) ? ResultsBench.RunTargets(scale)
        : ResultsBench.Run(scale, parsed.GetValue(output));
});
root.Subcommands.Add(results);

Option<int> sequences = new("--sequences")
{
    Description = "How many.",
    DefaultValueFactory = _ => 100_000,
};
Option<bool> trace = new("--trace") { Description = "Only the lock of the seed, step by step." };
Command commands = new("commands", "Random sequences of commands against a plain model.")
{
    sequences, seed, trace,
};
commands.SetAction(parsed => parsed.GetValue(trace)
    ? CommandBench.Replay(parsed.GetValue(seed))
    : CommandBench.Run(parsed.GetValue(sequences), parsed.GetValue(seed)));
root.Subcommands.Add(commands);

Option<int> runs = new("--runs")
{
    Description = "How many.",
    DefaultValueFactory = _ => 1000,
};
Option<bool> embedded = new("--embedded")
{
    Description = "Over the rig's own broker instead of mosquitto.",
};
Option<bool> early = new("--early")
{
    Description = "Over a session that acknowledges before the lock has seen a message.",
};
Command link = new("link", "A lock over a broker while everything goes wrong between them.")
{
    runs, seed, embedded, early,
};
link.SetAction((parsed, _) => LinkBench.RunAsync(
    parsed.GetValue(runs), parsed.GetValue(seed), parsed.GetValue(embedded),
    parsed.GetValue(early)));
root.Subcommands.Add(link);

Option<int?> seeds = new("--seeds") { Description = "How many worlds." };
Option<double> days = new("--days")
{
    Description = "How long each lasts.",
    DefaultValueFactory = _ => 30,
};
Option<int?> world = new("--seed")
{
    Description = "The first of the seeds; without --seeds that world alone, with a trace.",
};
Option<string?> off = new("--without")
{
    Description = "Switches a protection off, or each in turn: all. It must be missed. "
        + string.Join(", ", Enum.GetNames<Safeguard>().Skip(1)),
};
Command simulate = new("simulate", "A whole lock on virtual time, with all that may go wrong.")
{
    seeds, days, world, off,
};
simulate.SetAction(parsed =>
{
    int first = parsed.GetValue(world) ?? 1;
    int count = parsed.GetValue(seeds) ?? 200;
    string without = parsed.GetValue(off) ?? nameof(Safeguard.None);
    if (without == "all")
    {
        return SimulationBench.RunWithoutEach(count, parsed.GetValue(days), first);
    }

    var safeguard = Enum.Parse<Safeguard>(without, ignoreCase: true);
    bool isOne = parsed.GetValue(world) != null && parsed.GetValue(seeds) == null;
    return isOne ? SimulationBench.Replay(first, parsed.GetValue(days), safeguard)
        : SimulationBench.Run(count, parsed.GetValue(days), first, safeguard);
});
root.Subcommands.Add(simulate);

Option<long> inputs = new("--inputs")
{
    Description = "How many, over all readers.",
    DefaultValueFactory = _ => 1_000_000,
};
Option<string?> input = new("--replay") { Description = "One input, as a run printed it." };
Command fuzz = new("fuzz", "Seeded inputs for every reader of what comes from outside.")
{
    inputs, seed, input,
};
fuzz.SetAction(parsed => parsed.GetValue(input) is { } one
    ? FuzzBench.Replay(one)
    : FuzzBench.Run(parsed.GetValue(inputs), parsed.GetValue(seed)));
root.Subcommands.Add(fuzz);

return await root.Parse(args).InvokeAsync();
