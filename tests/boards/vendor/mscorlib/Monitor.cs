using System.Runtime.CompilerServices;
using Keyway.Tests.Boards;

namespace System.Threading;

/// <summary>What <c>lock</c> calls. A thread may lose its turn before and after.</summary>
public static class Monitor
{
    private static readonly ConditionalWeakTable<object, MonitorHold> Holds = [];

    public static void Enter(object gate, ref bool taken)
    {
        DeviceThreads threads = Controller.Current.Threads;
        threads.DemandPower();
        threads.MayLoseTurn();
        MonitorHold hold = Holds.GetOrCreateValue(gate);
        DeviceThread me = threads.Current;
        while (hold.Owner != null && hold.Owner != me)
        {
            threads.Wait(long.MaxValue, () => hold.Owner == null);
        }

        hold.Owner = me;
        hold.Depth++;
        taken = true;
    }

    public static void Exit(object gate)
    {
        MonitorHold hold = Holds.GetOrCreateValue(gate);
        hold.Depth--;
        if (hold.Depth == 0)
        {
            hold.Owner = null;
            if (!Controller.Current.Threads.IsOff)
            {
                Controller.Current.Threads.MayLoseTurn();
            }
        }
    }
}
