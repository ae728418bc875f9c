// One lock, one broker, one sender, and what goes wrong between them. FaultSweep runs many; the
// lock is stepped by the run itself, at FastClock's speed.

using System.Diagnostics;
using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Faults;

/// <summary>One seeded run.</summary>
/// <param name="plan">What is to happen.</param>
/// <param name="startBroker">Starts a broker on a port; disposing it kills it.</param>
/// <param name="isEarly">Over the session that acknowledges early.</param>
/// <param name="counts">Counts what has happened.</param>
internal sealed class FaultRun(
    FaultPlan plan, Func<int, Task<IAsyncDisposable>> startBroker, bool isEarly,
    FaultCounts counts)
{
    private const int PatienceMs = 60_000;
    private const int StepMs = 1;
    private readonly CancellationTokenSource _patience = new(PatienceMs);
    private readonly List<Order> _created = [];
    private readonly List<Order> _orders = [];
    private readonly int _port = FreePort.Find();
    private IAsyncDisposable _broker = null!;
    private FaultProxy _proxy = null!;
    private FaultLock _lock = null!;
    private Sender _sender = null!;
    private string _stage = "";
    private int _powerCuts;

    /// <summary>Commands that were sent, each any number of times.</summary>
    public int Commands => _orders.Count;

    /// <summary>Messages that were sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Answers that came.</summary>
    public int Answers { get; private set; }

    /// <summary>Runs it.</summary>
    /// <returns>What was not as it must be.</returns>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        _broker = await startBroker(_port);
        _proxy = new FaultProxy(_port, plan.Connections, counts);
        _lock = new FaultLock(plan.Seed, _proxy.Port, isEarly, counts);
        _sender = new Sender(_port, _lock.DeviceId);
        try
        {
            Task talking = Task.Run(TalkAsync);
            await StepAsync(talking);
            await talking;
            return [.. FaultCheck.Findings(plan, _created, _orders, _lock, _sender, _powerCuts)
                .Select(finding => $"{plan}: {finding}")];
        }
        catch (OperationCanceledException)
        {
            return [$"{plan}: not within {PatienceMs} ms: {_stage}"];
        }
        finally
        {
            Sent = _sender.Sent;
            Answers = _orders.Sum(order => _sender.AnswersTo(order.Attempt).Count);
            _lock.Stop();
            await _sender.DisposeAsync();
            await _proxy.DisposeAsync();
            await _broker.DisposeAsync();
            _patience.Dispose();
        }
    }

    private async Task StepAsync(Task talking)
    {
        long start = Stopwatch.GetTimestamp();
        double powerMs = plan.CutPowerAtMs;
        double flashMs = plan.ArmFlashAtMs;
        bool isSettled = false;
        while (!talking.IsCompleted || !isSettled)
        {
            double nowMs = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (powerMs != 0 && nowMs > powerMs)
            {
                powerMs = 0;
                _powerCuts++;
                _lock.CutPower();
            }

            if (flashMs != 0 && nowMs > flashMs)
            {
                flashMs = 0;
                _powerCuts++;
                _lock.CutPowerInFlash(plan.FlashSteps);
            }

            _lock.Step();
            isSettled = _lock.IsSettled && IsOnline;
            _stage = talking.IsCompleted ? "settled and online" : _stage;
            await Task.Delay(StepMs, _patience.Token);
        }
    }

    // A broker may publish the will of an older connection late; ten minutes of the lock's mend it.
    private bool IsOnline => !plan.KeepsRetained
        || _sender.Last("status")?.Contains("\"online\":true") == true;

    private async Task TalkAsync()
    {
        Task killing = KillBrokerAsync();
        int number = 0;
        for (int i = 0; i < plan.Creates; i++)
        {
            _created.Add(Order.Create(plan.Seed, number++, _lock.DeviceId));
        }

        await SendAsync(_created, "creates");
        var more = new List<Order>();
        if (plan.Deletes)
        {
            more.Add(Order.Delete(plan.Seed, number++, _created[0]));
        }

        if (plan.Updates)
        {
            more.Add(Order.Update(plan.Seed, number++, _created[1]));
        }

        if (plan.Unlocks)
        {
            more.Add(Order.Unlock(plan.Seed, number++, _lock.Clock.Utc));
        }

        await SendAsync(more, "the others");
        await killing;

        // Once more, when nothing goes wrong any longer: the same answers, and no second effect.
        _proxy.BeKind();
        await Task.WhenAll(_orders.Select(SendAsync));
    }

    private async Task SendAsync(List<Order> orders, string stage)
    {
        _stage = stage;
        _orders.AddRange(orders);
        await Task.WhenAll(orders.Select(SendAsync));
        _stage = "all again";
    }

    private Task SendAsync(Order order) =>
        _sender.SendAsync(order.Topic, order.Attempt, order.Payload, _patience.Token);

    private async Task KillBrokerAsync()
    {
        if (plan.KillBrokerAtMs != 0)
        {
            await Task.Delay(plan.KillBrokerAtMs, _patience.Token);
            await _broker.DisposeAsync();
            counts.Add(FaultKind.BrokerKilled);
            _broker = await startBroker(_port);
        }
    }
}
