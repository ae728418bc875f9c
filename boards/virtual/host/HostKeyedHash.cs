using System.Security.Cryptography;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>HMAC-SHA256 of the class library.</summary>
public sealed class HostKeyedHash : IKeyedHash
{
    /// <inheritdoc/>
    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output) =>
        HMACSHA256.HashData(secret, buffer.AsSpan(offset, count), output);
}
