using Keyway.Tests.Boards;

namespace System.Threading;

/// <summary>The runtime's thread: one that ends by an exception says nothing.</summary>
public sealed class Thread
{
    private readonly ThreadStart _body;
    private DeviceThread _thread;

    public Thread(ThreadStart body) => _body = body;

    public bool IsAlive => _thread != null && _thread.IsAlive;

    /// <summary>Ends at a tick of the runtime, which is 10 ms.</summary>
    public static void Sleep(int ms)
    {
        DeviceThreads threads = Controller.Current.Threads;
        threads.Wait((threads.NowMs + ms + Controller.TickMs - 1L)
            / Controller.TickMs * Controller.TickMs, null);
    }

    public void Start()
    {
        Controller device = Controller.Current;
        _thread = device.Threads.Start(device, () => _body());
    }

    public void Join() => Join(int.MaxValue);

    public bool Join(int ms)
    {
        DeviceThreads threads = Controller.Current.Threads;
        threads.Wait(threads.NowMs + ms, () => !IsAlive);
        return !IsAlive;
    }

    public void Abort() => _thread.IsAborted = true;
}
