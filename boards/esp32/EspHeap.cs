using Keyway.Hal;
using nanoFramework.Runtime.Native;

namespace Keyway.Boards.Esp32;

/// <summary>The runtime's managed heap; what sockets and TLS take is another one.</summary>
public sealed class EspHeap : IHeap
{
    /// <inheritdoc/>
    public int FreeBytes() => (int)GC.Run(false);
}
