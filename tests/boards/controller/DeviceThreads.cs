using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Keyway.Boards.Virtual;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>
/// The threads of a device and its time. As on the device one task interprets all of them: one runs
/// until it waits, then the next in turn. Time moves when all wait, to where the first goes on. The
/// test's own thread is one of them.
/// </summary>
internal sealed class DeviceThreads
{
    private const int EndMs = 10_000;
    private readonly List<DeviceThread> _threads = [];
    private readonly DeviceThread _test = new();
    private readonly SortedSet<long> _alarms = [];
    private readonly VirtualClock _clock;
    private DeviceThread _running;
    private bool _isEnding;

    public DeviceThreads(VirtualClock clock)
    {
        _clock = clock;
        _threads.Add(_test);
        _running = _test;
    }

    /// <summary>True: whoever calls the device ends.</summary>
    public bool IsOff { get; private set; }

    /// <summary>Who ended by an exception, and by which.</summary>
    public List<Exception> Died { get; } = [];

    /// <summary>Switches threads at random where a thread may lose its turn; null: never.</summary>
    public SeededRandom Chance { get; set; }

    public int Count => _threads.Count - 1;

    public DeviceThread Current => _running;

    public long NowMs => _clock.Milliseconds;

    /// <summary>Starts one; it runs when the caller waits.</summary>
    public DeviceThread Start(Controller device, Action body)
    {
        DemandPower();
        var thread = new DeviceThread();
        _threads.Add(thread);
        Task.Factory.StartNew(
            () => Run(device, thread, body), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return thread;
    }

    /// <summary>Gives the turn away until something is so, or until a time.</summary>
    public void Wait(long untilMs, Func<bool> isReady)
    {
        DemandPower();
        DeviceThread me = _running;
        me.UntilMs = untilMs;
        me.IsReady = isReady;
        DeviceThread next = Next(me);
        if (next != me)
        {
            _running = next;
            next.Turn.Release();
            me.Turn.Wait();
        }

        DemandPower();
        if (me.IsAborted)
        {
            me.IsAborted = false;
            throw new OperationCanceledException("aborted");
        }
    }

    /// <summary>Here a thread may lose its turn to others.</summary>
    public void MayLoseTurn()
    {
        while (Chance != null && Chance.Next(3) == 0)
        {
            Wait(NowMs, () => true);
        }
    }

    /// <summary>Something happens then: who waits looks whether it is ready.</summary>
    public void Alarm(long atMs) => _alarms.Add(atMs);

    /// <summary>Time passes, and no thread runs: a TLS handshake does that.</summary>
    public void Freeze(int ms) => _clock.Advance(ms);

    /// <summary>Takes the power; the test then calls <see cref="End"/>.</summary>
    public void PowerOff() => IsOff = true;

    /// <summary>Ends all threads but the test's, which calls it, and gives power again.</summary>
    public void End()
    {
        IsOff = true;
        _isEnding = true;
        foreach (DeviceThread thread in _threads.Where(one => one != _test).ToArray())
        {
            _running = thread;
            thread.Turn.Release();
            Assert.IsTrue(thread.Ended.Wait(EndMs), "a thread does not end without power");
        }

        _threads.Clear();
        _threads.Add(_test);
        _running = _test;
        _isEnding = false;
        IsOff = false;
    }

    public void DemandPower()
    {
        if (IsOff && _running != _test)
        {
            throw new PowerOffException();
        }
    }

    private DeviceThread Next(DeviceThread me)
    {
        if (IsOff)
        {
            return _test;
        }

        int at = _threads.IndexOf(me);
        while (true)
        {
            for (int i = 1; i <= _threads.Count; i++)
            {
                DeviceThread thread = _threads[(at + i) % _threads.Count];
                if (thread.UntilMs <= NowMs || thread.IsAborted
                    || thread.IsReady?.Invoke() == true)
                {
                    return thread;
                }
            }

            // The test waits for a time, always: there is one to go to.
            _alarms.RemoveWhere(alarmMs => alarmMs <= NowMs);
            long nextMs = _threads.Min(thread => thread.UntilMs);
            _clock.Advance(Math.Min(nextMs, _alarms.FirstOrDefault(nextMs)) - NowMs);
        }
    }

    private void Run(Controller device, DeviceThread me, Action body)
    {
        me.Turn.Wait();
        Controller.Current = device;
        try
        {
            DemandPower();
            body();
        }
        catch (Exception e)
        {
            // The runtime says nothing either, and the others go on.
            if (!IsOff && e is not OperationCanceledException)
            {
                Died.Add(e);
            }
        }

        me.IsAlive = false;
        if (_isEnding)
        {
            me.Ended.Release();
            return;
        }

        me.UntilMs = long.MaxValue;
        me.IsReady = null;
        me.IsAborted = false;
        DeviceThread next = Next(me);
        _threads.Remove(me);
        _running = next;
        next.Turn.Release();
    }
}
