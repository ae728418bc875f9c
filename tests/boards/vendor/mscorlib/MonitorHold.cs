using Keyway.Tests.Boards;

namespace System.Threading;

/// <summary>Who holds a lock, and how often.</summary>
internal sealed class MonitorHold
{
    public DeviceThread Owner { get; set; }

    public int Depth { get; set; }
}
