using Keyway.Boards.Virtual.Host;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>A keyed hash that gives the same for everything with a label.</summary>
/// <param name="label">The first byte of the message.</param>
/// <param name="bytes">The message has so many; 0: any.</param>
public sealed class BlindHash(char label, int bytes = 0) : IKeyedHash
{
    private readonly HostKeyedHash _hash = new();

    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output) =>
        _hash.Compute(secret, buffer, offset, IsBlind(buffer[offset], count) ? 1 : count, output);

    private bool IsBlind(byte first, int count) =>
        first == label && (bytes == 0 || count == bytes);
}
