using Keyway.Tests.Boards;

namespace System.Threading;

/// <summary>The runtime's event; there is no WaitOne(int).</summary>
public sealed class AutoResetEvent
{
    private bool _isSet;

    public AutoResetEvent(bool isSet) => _isSet = isSet;

    public bool Set()
    {
        _isSet = true;
        Controller.Current.Threads.MayLoseTurn();
        return true;
    }

    public bool WaitOne() => WaitOne(int.MaxValue, false);

    public bool WaitOne(int ms, bool exitContext)
    {
        DeviceThreads threads = Controller.Current.Threads;
        if (!_isSet)
        {
            threads.Wait(threads.NowMs + ms, () => _isSet);
        }

        bool was = _isSet;
        _isSet = false;
        return was;
    }
}
