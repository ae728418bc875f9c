// A fleet of locks in this process against one broker, and below it the floor: as many clients
// that only echo. FleetCommand and tests call it; it calls FleetThreads and FleetLoad.

using System.Collections.Concurrent;
using System.Diagnostics;
using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Rig;

/// <summary>Runs a plan.</summary>
internal sealed class Fleet
{
    /// <summary>Members that connect at the same time; a broker's queue of new connections is
    /// short.</summary>
    private const int ConnectingMax = 64;

    private const int ForgetAtOnce = 32;
    private const int PollMs = 2;
    private static readonly TimeSpan OnlineTimeout = TimeSpan.FromMinutes(5);
    private readonly FleetPlan _plan;
    private readonly FleetBroker _broker;
    private readonly FleetProgress _progress;

    private Fleet(FleetPlan plan, FleetBroker broker, FleetProgress progress)
    {
        _plan = plan;
        _broker = broker;
        _progress = progress;
    }

    /// <summary>Runs the echoes and then the locks.</summary>
    /// <param name="plan">How many.</param>
    /// <param name="broker">Where they connect.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="IOException">They do not get online.</exception>
    public static async Task<FleetResult> RunAsync(FleetPlan plan, FleetBroker broker,
        FleetProgress progress, CancellationToken cancel)
    {
        OpenFiles.Check(plan.Locks);
        var fleet = new Fleet(plan, broker, progress);
        ExpectedCodes[] echoed = NewCodes(plan.Locks);
        FleetPart echo = await fleet.MeasureAsync("echoes",
            echoed, id => new EchoClient(id, fleet.NewSession(id)), _ => { }, cancel);

        ExpectedCodes[] expected = NewCodes(plan.Locks);
        IReadOnlyList<string> differences = [];
        FleetPart locks = await fleet.MeasureAsync("locks",
            expected, id => new FleetLock(id, fleet.NewSession(id)),
            members => differences = FindDifferences(members, expected), cancel);
        if (broker.IsForeign)
        {
            await fleet.ForgetAsync([.. echoed, .. expected], cancel);
        }

        return new FleetResult(
            echo, locks, expected.Sum(codes => codes.Codes.Count), differences);
    }

    private static ExpectedCodes[] NewCodes(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new ExpectedCodes(Guid.NewGuid().ToString()))];

    private MqttNetSession NewSession(string deviceId) => new(
        _broker.Address.Host, _broker.Address.Port, BrokerAddress.ClientId(deviceId));

    private async Task<FleetPart> MeasureAsync(string name, ExpectedCodes[] codes,
        Func<string, IFleetMember> make, Action<List<IFleetMember>> check,
        CancellationToken cancel)
    {
        long emptyBytes = GC.GetTotalMemory(forceFullCollection: true);
        var members = new List<IFleetMember>(codes.Length);
        try
        {
            FleetPart part;
            using (var threads = new FleetThreads(Environment.ProcessorCount))
            {
                long start = Stopwatch.GetTimestamp();
                await WithAsync(threads, _progress.ShowAsync($"{name} online", codes.Length,
                    () => ReadyCount(members),
                    () => ConnectAsync(threads, members, codes, make, cancel)));
                TimeSpan online = Stopwatch.GetElapsedTime(start);
                long before = members.Sum(member => member.Published);
                FleetFigures figures = await SendAsync(name, threads, codes, cancel);
                part = new FleetPart(online, figures,
                    members.Sum(member => member.Published) - before,
                    (GC.GetTotalMemory(forceFullCollection: true) - emptyBytes) / codes.Length,
                    Environment.WorkingSet, _broker.MemoryBytes);
            }

            members.ForEach(member => member.Close());
            check(members);
            return part;
        }
        finally
        {
            members.ForEach(member => member.Close());
            members.ForEach(member => (member as IDisposable)?.Dispose());
        }
    }

    private static async Task ConnectAsync(FleetThreads threads, List<IFleetMember> members,
        ExpectedCodes[] codes, Func<string, IFleetMember> make, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        int ready = 0;
        while (ready < codes.Length)
        {
            if (members.Count < codes.Length && members.Count - ready < ConnectingMax)
            {
                IFleetMember member = make(codes[members.Count].DeviceId);
                lock (members)
                {
                    members.Add(member);
                }

                threads.Add(member);
            }
            else if (Stopwatch.GetElapsedTime(start) > OnlineTimeout)
            {
                throw new IOException($"of {codes.Length} only {ready} are online");
            }
            else
            {
                await Task.Delay(PollMs, cancel);
                ready = ReadyCount(members);
            }
        }
    }

    private static int ReadyCount(List<IFleetMember> members)
    {
        lock (members)
        {
            return members.Count(member => member.IsReady);
        }
    }

    private async Task<FleetFigures> SendAsync(
        string name, FleetThreads threads, ExpectedCodes[] codes, CancellationToken cancel)
    {
        await using FleetSender sender =
            await FleetSender.ConnectAsync(_plan.Sender ?? _broker.Address, cancel);
        var load = new FleetLoad(sender, codes, _plan.Commands, _plan.Patience);
        Task<FleetFigures>? sending = null;
        await WithAsync(threads, _progress.ShowAsync($"{name} answered", _plan.Commands,
            () => load.Done, () => sending = load.RunAsync(_plan.InFlight, cancel)));
        return await sending!;
    }

    // A member that throws ends the run.
    private static async Task WithAsync(FleetThreads threads, Task work) =>
        await await Task.WhenAny(work, threads.Failed);

    private static List<string> FindDifferences(
        List<IFleetMember> members, ExpectedCodes[] expected)
    {
        var found = new ConcurrentBag<string>();
        Parallel.For(0, expected.Length, index =>
        {
            string? difference = ((FleetLock)members[index]).FindDifference(expected[index]);
            if (difference != null)
            {
                found.Add(difference);
            }
        });
        return [.. found.Order(StringComparer.Ordinal)];
    }

    private async Task ForgetAsync(ExpectedCodes[] codes, CancellationToken cancel)
    {
        int done = 0;
        await _progress.ShowAsync("cleared from the broker", codes.Length, () => done,
            () => Parallel.ForEachAsync(codes,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = ForgetAtOnce,
                    CancellationToken = cancel,
                },
                async (gone, token) =>
                {
                    await FleetSender.ForgetAsync(_broker.Address, gone, token);
                    Interlocked.Increment(ref done);
                }));
    }
}
