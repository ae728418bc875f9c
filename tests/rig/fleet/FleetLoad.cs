// Commands for a fleet, a bounded number of them under way at a time. Fleet calls it; it calls
// FleetSender.

using System.Diagnostics;
using System.Threading.Channels;

namespace Keyway.Tests.Rig;

/// <summary>Sends commands and measures how long each takes to be answered.</summary>
internal sealed class FleetLoad
{
    private readonly FleetSender _sender;
    private readonly int _commands;
    private readonly TimeSpan _patience;
    private readonly Channel<ExpectedCodes> _free = Channel.CreateUnbounded<ExpectedCodes>();
    private readonly long[] _ticks;
    private int _begun;
    private int _done;
    private int _answered;
    private int _refused;
    private int _lost;

    /// <summary>Wires it; nothing is sent.</summary>
    /// <param name="sender">Connected.</param>
    /// <param name="locks">To whom, in turn.</param>
    /// <param name="commands">How many in all.</param>
    /// <param name="patience">A command that is not answered within this is lost.</param>
    public FleetLoad(FleetSender sender, IEnumerable<ExpectedCodes> locks, int commands,
        TimeSpan patience)
    {
        _sender = sender;
        _commands = commands;
        _patience = patience;
        _ticks = new long[commands];
        foreach (ExpectedCodes codes in locks)
        {
            _free.Writer.TryWrite(codes);
        }
    }

    /// <summary>Commands that have been answered, or given up.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Sends them all.</summary>
    /// <param name="inFlight">Commands under way at most; one a lock.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<FleetFigures> RunAsync(int inFlight, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => SendSomeAsync(cancel)));
        return new FleetFigures(Stopwatch.GetElapsedTime(start), _ticks[.._answered])
        {
            Refused = _refused,
            Lost = _lost,
            Repeats = _sender.Repeats,
        };
    }

    private async Task SendSomeAsync(CancellationToken cancel)
    {
        // Begins on the pool, so that no sender has to wait for the others to begin.
        await Task.Yield();
        while (Interlocked.Increment(ref _begun) <= _commands)
        {
            ExpectedCodes codes = await _free.Reader.ReadAsync(cancel);
            LockOrder order = codes.Next();
            long start = Stopwatch.GetTimestamp();
            bool? isDone = await _sender.SendAsync(codes.DeviceId, order, _patience, cancel);
            long ticks = Stopwatch.GetTimestamp() - start;
            if (isDone == null)
            {
                Interlocked.Increment(ref _lost);
            }
            else
            {
                _ticks[Interlocked.Increment(ref _answered) - 1] = ticks;
            }

            if (isDone == true)
            {
                order.Confirm();
            }
            else if (isDone == false)
            {
                Interlocked.Increment(ref _refused);
            }

            _free.Writer.TryWrite(codes);
            Interlocked.Increment(ref _done);
        }
    }
}
