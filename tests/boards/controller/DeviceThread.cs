using System;
using System.Threading;

namespace Keyway.Tests.Boards;

/// <summary>A thread of a <see cref="Controller"/>, and what it waits for.</summary>
internal sealed class DeviceThread
{
    /// <summary>Released when it is its turn.</summary>
    public SemaphoreSlim Turn { get; } = new(0);

    /// <summary>Released when it has ended without power.</summary>
    public SemaphoreSlim Ended { get; } = new(0);

    /// <summary>It goes on then at the latest.</summary>
    public long UntilMs { get; set; }

    /// <summary>It goes on as soon as this is true; null: only time counts.</summary>
    public Func<bool> IsReady { get; set; }

    public bool IsAborted { get; set; }

    public bool IsAlive { get; set; } = true;
}
