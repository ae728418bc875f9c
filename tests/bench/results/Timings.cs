using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Keyway.Tests.Bench;

/// <summary>Times by BenchmarkDotNet.</summary>
/// <remarks>
/// Run inside this process: a process of its own for each job needs a project of the assembly's
/// name, and builds the repository anew, which takes longer than all measurements.
/// </remarks>
internal sealed class Timings
{
    private const double NanosecondsPerMicrosecond = 1000;
    private readonly Summary _summary;

    private Timings(Type benchmarks, Job job)
    {
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(job.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "benchmarks"))
            .WithOptions(ConfigOptions.DisableLogFile);
        _summary = BenchmarkRunner.Run(benchmarks, config);
        BenchLock.Require(_summary.Reports.Length > 0 && _summary.Reports.All(
            report => report.ResultStatistics != null), $"all of {benchmarks.Name} ran: "
            + string.Join("; ", _summary.ValidationErrors.Select(error => error.Message)));
    }

    /// <summary>Of what may be repeated as often as one likes.</summary>
    public static Timings OfRepeatable(Type benchmarks, Scale scale) => new(benchmarks,
        scale.IsQuick ? Job.Dry : Job.Default.WithWarmupCount(8).WithIterationCount(15)
            .WithIterationTime(TimeInterval.FromMilliseconds(100)));

    /// <summary>Of what is prepared anew for each time.</summary>
    public static Timings OfPrepared(Type benchmarks, Scale scale) => new(benchmarks,
        Job.Dry.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(scale.Commands)
            .WithIterationCount(scale.Commands).WithGcForce(false));

    /// <summary>Mean in us.</summary>
    public double Mean(string method, CommandKind kind) =>
        ReportOf(method, kind).ResultStatistics!.Mean / NanosecondsPerMicrosecond;

    /// <summary>Mean and standard error, in us.</summary>
    public string Text(string method, CommandKind kind) =>
        $"{ResultTable.Number(Mean(method, kind))} ± " + ResultTable.Number(
            ReportOf(method, kind).ResultStatistics!.StandardError / NanosecondsPerMicrosecond);

    /// <summary>Bytes allocated each time.</summary>
    public long Allocated(string method, CommandKind kind)
    {
        BenchmarkReport report = ReportOf(method, kind);
        return report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
    }

    private BenchmarkReport ReportOf(string method, CommandKind kind) => _summary.Reports.Single(
        report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method
            && report.BenchmarkCase.Parameters[nameof(CommandBenchmarks.Kind)].Equals(kind));
}
