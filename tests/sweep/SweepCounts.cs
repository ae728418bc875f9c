using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sweep;

/// <summary>What a sweep has done and found; adds up over threads.</summary>
public sealed class SweepCounts
{
    private const int MostFindings = 20;
    private readonly Lock _lock = new();
    private readonly int[] _violations = new int[Enum.GetValues<ViolationKind>().Length];
    private readonly List<(Scenario Scenario, string What)> _findings = [];
    private readonly int[] _cuts = new int[Enum.GetValues<PowerCut>().Length];

    public int Scenarios { get; private set; }

    public int Failed { get; private set; }

    public int Kept { get; private set; }

    public int Dropped { get; private set; }

    /// <summary>Power cuts that happened.</summary>
    public int Cuts => _cuts.Sum();

    /// <summary>The first broken promises.</summary>
    public IReadOnlyList<(Scenario Scenario, string What)> Findings => _findings;

    /// <summary>Broken promises of a kind.</summary>
    public int CountOf(ViolationKind kind) => _violations[(int)kind];

    /// <summary>Power cuts of a model.</summary>
    public int CutsOf(PowerCut model) => _cuts[(int)model];

    /// <summary>Adds a run.</summary>
    /// <param name="scenario">What was run.</param>
    /// <param name="run">How it went.</param>
    /// <param name="broken">What ended it early; null: nothing.</param>
    public void Add(Scenario scenario, StorageRun run, Exception? broken)
    {
        lock (_lock)
        {
            Scenarios++;
            Kept += run.Oracle.Kept;
            Dropped += run.Oracle.Lost;
            run.CutsDone.ForEach(model => _cuts[(int)model]++);
            if (broken != null)
            {
                Failed++;
                var violation = broken as StorageViolation;
                _violations[(int)(violation?.Kind ?? ViolationKind.Lost)]++;
                if (_findings.Count < MostFindings)
                {
                    _findings.Add((scenario, violation?.Message ?? broken.ToString()));
                }
            }
        }
    }

    public override string ToString() =>
        $"cuts tried {Cuts}, lost {CountOf(ViolationKind.Lost)}, "
        + $"ghost {CountOf(ViolationKind.Ghost)}, neither {CountOf(ViolationKind.Neither)}";
}
