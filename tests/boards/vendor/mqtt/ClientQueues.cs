using System;
using System.Collections.Generic;
using Keyway.Tests.Boards;

namespace nanoFramework.M2Mqtt;

/// <summary>What lies between the threads of a client.</summary>
internal sealed class ClientQueues(Controller device)
{
    private const int AttemptsMax = 3;
    private const int RetryMs = 1_000;
    private readonly List<(long AtMs, Action Packet)> _arriving = [];
    private readonly List<SentMessage> _inflight = [];
    private readonly Queue<Action> _told = [];

    public int Inflight => _inflight.Count;

    private long NowMs => device.Threads.NowMs;

    /// <summary>A packet comes so much later, in the order of the calls.</summary>
    public void Arrive(int afterMs, Action packet)
    {
        _arriving.Add((NowMs + afterMs, packet));
        device.Threads.Alarm(NowMs + afterMs);
    }

    public void WaitForArrival(Func<bool> isOver) =>
        device.Threads.Wait(
            long.MaxValue, () => isOver() || (_arriving.Count > 0 && _arriving[0].AtMs <= NowMs));

    public bool TryTakeArrived(out Action packet)
    {
        packet = null;
        if (_arriving.Count == 0 || _arriving[0].AtMs > NowMs)
        {
            return false;
        }

        packet = _arriving[0].Packet;
        _arriving.RemoveAt(0);
        return true;
    }

    public void Tell(Action told) => _told.Enqueue(told);

    public void WaitForTold(Func<bool> isOver)
    {
        if (_told.Count == 0)
        {
            device.Threads.Wait(long.MaxValue, () => isOver() || _told.Count > 0);
        }
        else
        {
            device.Threads.MayLoseTurn();
        }
    }

    public bool TryTakeTold(out Action told) => _told.TryDequeue(out told);

    public void Send(SentMessage message)
    {
        message.NextAtMs = NowMs;
        _inflight.Add(message);
    }

    public void WaitToSend(Func<bool> isOver) =>
        device.Threads.Wait(long.MaxValue, () => isOver() || _inflight.Exists(IsDue));

    /// <summary>Sends what is due, or gives up what was sent three times.</summary>
    /// <returns>True: the message's fate is to be told.</returns>
    public bool TrySend(out SentMessage message)
    {
        message = _inflight.Find(IsDue);
        if (message == null)
        {
            return false;
        }

        if (message.IsAcknowledged || message.Attempts == AttemptsMax)
        {
            _inflight.Remove(message);
            return true;
        }

        message.NextAtMs = NowMs + RetryMs;
        device.Threads.Alarm(message.NextAtMs);
        try
        {
            device.Broker.OnSend?.Invoke();
            message.Attempts++;
            if (!device.Broker.IsMute)
            {
                Reach(message);
            }
        }
        catch (Exception e) when (e is not PowerOffException)
        {
            // It is queued again; the connection counts as there.
        }

        return false;
    }

    public void Clear()
    {
        _arriving.Clear();
        _inflight.Clear();
        _told.Clear();
    }

    private bool IsDue(SentMessage message) => message.NextAtMs <= NowMs;

    private void Reach(SentMessage message)
    {
        device.Broker.Take(message.Topic, message.Payload, message.Retain);
        if (device.Broker.Acknowledges)
        {
            Arrive(device.Broker.AcknowledgeMs, () =>
            {
                message.IsAcknowledged = true;
                message.NextAtMs = NowMs;
            });
        }
    }
}
