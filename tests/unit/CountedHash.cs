using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>HMAC-SHA256 that counts, so that a test sees when a lock computes.</summary>
internal sealed class CountedHash : IKeyedHash
{
    private readonly ManagedHmac _hmac = new();

    internal int Computations { get; private set; }

    /// <inheritdoc/>
    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        Computations++;
        _hmac.Compute(secret, buffer, offset, count, output);
    }
}
