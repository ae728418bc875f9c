using Keyway.Boards.Virtual.Host;
using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>A keyed hash that counts what the device's would take of the heap.</summary>
internal sealed class CountedHash : IKeyedHash
{
    private readonly HostKeyedHash _hash = new();

    public long DeviceBytes { get; private set; }

    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        DeviceBytes += LibraryHeap.Mac(count);
        _hash.Compute(secret, buffer, offset, count, output);
    }
}
