// Few threads for many members: each belongs to one thread, which passes over all of its own again
// and again. Fleet adds members and stops the threads.

using System.Collections.Concurrent;

namespace Keyway.Tests.Rig;

/// <summary>Steps members until disposed.</summary>
/// <remarks>
/// A pass asks each member whether something is due, which costs well under a microsecond when
/// nothing is; between two passes a thread sleeps, as a lock does between two steps.
/// </remarks>
internal sealed class FleetThreads : IDisposable
{
    private const int PauseMs = 2;
    private readonly Lane[] _lanes;
    private readonly TaskCompletionSource _failed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;
    private int _added;

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many.</param>
    public FleetThreads(int count)
    {
        _lanes = [.. Enumerable.Range(0, count).Select(index => new Lane(this, index))];
        foreach (Lane lane in _lanes)
        {
            lane.Thread.Start();
        }
    }

    /// <summary>Fails when a member has thrown; never ends otherwise.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Steps a member from now on.</summary>
    public void Add(IFleetMember member) =>
        _lanes[_added++ % _lanes.Length].Added.Enqueue(member);

    /// <summary>Ends the threads; the members are the caller's again.</summary>
    public void Dispose()
    {
        _isStopping = true;
        foreach (Lane lane in _lanes)
        {
            lane.Thread.Join();
        }
    }

    private void Run(Lane lane)
    {
        var members = new List<IFleetMember>();
        try
        {
            while (!_isStopping)
            {
                while (lane.Added.TryDequeue(out IFleetMember? added))
                {
                    members.Add(added);
                }

                long nowMs = Environment.TickCount64;
                foreach (IFleetMember member in members)
                {
                    member.Step(nowMs);
                }

                Thread.Sleep(PauseMs);
            }
        }
        catch (Exception failure)
        {
            _failed.TrySetException(failure);
        }
    }

    private sealed class Lane
    {
        public Lane(FleetThreads owner, int index) =>
            Thread = new Thread(() => owner.Run(this))
            {
                IsBackground = true,
                Name = $"fleet {index}",
            };

        public Thread Thread { get; }

        public ConcurrentQueue<IFleetMember> Added { get; } = new();
    }
}
