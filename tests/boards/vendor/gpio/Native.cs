using Keyway.Tests.Boards;

namespace nanoFramework.Runtime.Native;

/// <summary>Restarts the device.</summary>
public static class Power
{
    public static void RebootDevice() => Controller.Current.Reboot();
}

/// <summary>The managed heap.</summary>
public static class GC
{
    public static uint Run(bool compactHeap) => Controller.Current.HeapFreeBytes;
}
