using System.Security.Cryptography;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>The operating system's random generator.</summary>
public sealed class HostRandom : IRandom
{
    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count) =>
        RandomNumberGenerator.Fill(buffer.AsSpan(offset, count));
}
