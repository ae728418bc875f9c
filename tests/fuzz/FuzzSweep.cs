// Seeded inputs for one reader after another, on all processors. Tests and the bench run it; it
// makes a target of its own for each batch, so that a batch depends on nothing but its seed.

using System.IO.Hashing;
using CsCheck;

namespace Keyway.Tests.Fuzz;

/// <summary>Makes inputs, gives them to targets, and keeps what was wrong.</summary>
/// <param name="seed">The same seed makes the same inputs.</param>
public sealed class FuzzSweep(int seed)
{
    /// <summary>Inputs of one batch.</summary>
    public const int BatchInputs = 1000;

    private const int MostFindings = 10;
    private readonly Lock _lock = new();
    private readonly List<string> _findings = [];

    /// <summary>What was wrong, with the shortest input that was found to show it.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Inputs that were checked.</summary>
    public long Inputs { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>A hash of all of them; in which order the batches ran does not matter.</summary>
    public ulong Contents { get; private set; }

    /// <summary>Gives a target so many inputs, or a few more.</summary>
    public void Run(string target, long inputs)
    {
        long batches = (inputs + BatchInputs - 1) / BatchInputs;
        Parallel.For(0, batches, new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
        }, batch => RunBatch(target, (uint)batch));
    }

    /// <summary>What a target says of an input: what is wrong, or null. Whatever it throws is
    /// wrong.</summary>
    public static string? Check(ITarget target, byte[] input)
    {
        try
        {
            return target.Check(input);
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            return thrown.ToString();
        }
    }

    private void RunBatch(string name, uint batch)
    {
        ITarget target = Targets.Make(name);
        Gen<byte[]> inputs = target.Inputs;
        var random = new PCG(batch + 1, (ulong)seed);
        var contents = new XxHash3((long)batch);
        long bytes = 0;
        for (int i = 0; i < BatchInputs; i++)
        {
            byte[] input = inputs.Generate(random, null, out _);
            bytes += input.Length;
            contents.Append(BitConverter.GetBytes(input.Length));
            contents.Append(input);
            string? wrong = Check(target, input);
            if (wrong != null)
            {
                Keep(name, $"seed {seed}, batch {batch}, input {i}", input, wrong);
                target = Targets.Make(name);
            }
        }

        lock (_lock)
        {
            Inputs += BatchInputs;
            Bytes += bytes;
            Contents += contents.GetCurrentHashAsUInt64();
        }
    }

    private void Keep(string name, string where, byte[] input, string wrong)
    {
        lock (_lock)
        {
            if (_findings.Count >= MostFindings)
            {
                return;
            }
        }

        byte[] shortest = Shorten(name, input);
        string now = Check(Targets.Make(name), shortest) ?? "not again on a new target: " + wrong;
        lock (_lock)
        {
            if (_findings.Count < MostFindings)
            {
                _findings.Add($"{name}, {where}: {now}\n  --replay {name}:"
                    + Convert.ToHexString(shortest));
            }
        }
    }

    // Leaves out runs of bytes, long ones first, as long as something stays wrong.
    private static byte[] Shorten(string name, byte[] input)
    {
        for (int run = Math.Max(1, input.Length / 2); run > 0; run /= 2)
        {
            for (int at = 0; at + run <= input.Length;)
            {
                byte[] shorter = [.. input[..at], .. input[(at + run)..]];
                bool isWrong = Check(Targets.Make(name), shorter) != null;
                input = isWrong ? shorter : input;
                at += isWrong ? 0 : run;
            }
        }

        return input;
    }
}
