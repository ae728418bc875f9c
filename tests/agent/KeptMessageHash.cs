using System;
using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>HMAC-SHA256 that keeps its last message and where its output went, for a test to look
/// at.</summary>
internal sealed class KeptMessageHash : IKeyedHash
{
    private readonly ManagedHmac _hmac = new();

    internal byte[] Message { get; private set; }

    internal byte[] Output { get; private set; }

    /// <inheritdoc/>
    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        Message = new byte[count];
        Array.Copy(buffer, offset, Message, 0, count);
        Output = output;
        _hmac.Compute(secret, buffer, offset, count, output);
    }
}
