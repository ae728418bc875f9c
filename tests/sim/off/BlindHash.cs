using Keyway.Boards.Virtual.Host;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>A keyed hash that gives the same for everything with a label.</summary>
/// <param name="label">The first byte of the message.</param>
public sealed class BlindHash(char label) : IKeyedHash
{
    private readonly HostKeyedHash _hash = new();

    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output) =>
        _hash.Compute(secret, buffer, offset, buffer[offset] == label ? 1 : count, output);
}
