// A fleet of locks in this process against one broker, and below it the floor: as many clients
// that only echo. FleetCommand and tests call it; it calls FleetThreads and FleetLoad.

using System.Collections.Concurrent;
using System.Diagnostics;
using Keyway.Boards.Virtual.Host;
using Keyway.Hal;

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
    /// <exception cref="MQTTnet.Exceptions.MqttCommunicationException">No broker answers.
    /// </exception>
    public static async Task<FleetResult> RunAsync(FleetPlan plan, FleetBroker broker,
        FleetProgress progress, CancellationToken cancel)
    {
        OpenFiles.Check(plan.Locks);

        // A broker that is not there is told at once, and not after minutes of trying.
        await (await FleetSender.ConnectAsync(broker.Address, cancel)).DisposeAsync();
        await (await FleetSender.ConnectAsync(plan.Sender ?? broker.Address, cancel))
            .DisposeAsync();
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

    private IMqttSession NewSession(string deviceId) => BrokerStream.Session(
        new BrokerAccess(_broker.Address.Host, _broker.Address.Port),
        BrokerAddress.ClientId(deviceId));

    private async Task<FleetPart> MeasureAsync(string name, ExpectedCodes[] codes,
        Func<string, IFleetMember> make, Action<List<IFleetMember>> check,
        CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        long emptyBytes = GC.GetTotalMemory(forceFullCollection: true);
        var members = new List<IFleetMember>(codes.Length);
        try
        {
            FleetPart part;
            using (var threads = new FleetThreads(Environment.ProcessorCount))
            {
                long start = Stopwatch.GetTimestamp();
                await WithAsync(threads, stop, _progress.ShowAsync($"{name} ready", codes.Length,
                    () => Count(members, member => member.IsReady),
                    () => ConnectAsync(threads, members, codes, make, stop.Token)));
                TimeSpan ready = Stopwatch.GetElapsedTime(start);
                long before = members.Sum(member => member.Published);
                FleetFigures figures = await SendAsync(name, threads, codes, stop);
                part = new FleetPart(ready, figures,
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
        while (Count(members, member => member.IsReady) < codes.Length)
        {
            if (Stopwatch.GetElapsedTime(start) > OnlineTimeout)
            {
                throw new IOException($"of {codes.Length} only "
                    + $"{Count(members, member => member.IsReady)} are ready");
            }

            int connecting = members.Count - Count(members, member => member.IsOnline);
            int more = Math.Min(ConnectingMax - connecting, codes.Length - members.Count);
            for (int i = 0; i < more; i++)
            {
                IFleetMember member = make(codes[members.Count].DeviceId);
                lock (members)
                {
                    members.Add(member);
                }

                threads.Add(member);
            }

            await Task.Delay(PollMs, cancel);
        }
    }

    private static int Count(List<IFleetMember> members, Func<IFleetMember, bool> isSo)
    {
        lock (members)
        {
            return members.Count(isSo);
        }
    }

    private async Task<FleetFigures> SendAsync(
        string name, FleetThreads threads, ExpectedCodes[] codes, CancellationTokenSource stop)
    {
        await using FleetSender sender =
            await FleetSender.ConnectAsync(_plan.Sender ?? _broker.Address, stop.Token);
        var load = new FleetLoad(sender, codes, _plan.Commands, _plan.Patience);
        Task<FleetFigures>? sending = null;
        await WithAsync(threads, stop, _progress.ShowAsync($"{name} answered", _plan.Commands,
            () => load.Done, () => sending = load.RunAsync(_plan.InFlight, stop.Token)));
        return await sending!;
    }

    // A member that throws ends the run.
    private static async Task WithAsync(
        FleetThreads threads, CancellationTokenSource stop, Task work)
    {
        if (await Task.WhenAny(work, threads.Failed) == threads.Failed)
        {
            await stop.CancelAsync();
            await work.ContinueWith(_ => { }, TaskScheduler.Default);
            await threads.Failed;
        }

        await work;
    }

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
