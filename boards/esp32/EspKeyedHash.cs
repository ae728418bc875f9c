using System;
using System.Security.Cryptography;
using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>HMAC-SHA256 by the runtime's native code.</summary>
public sealed class EspKeyedHash : IKeyedHash
{
    private const int MacSizeBytes = 32;

    /// <inheritdoc/>
    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        // The native code takes whole arrays only. The copy is cleared: the message may be digits.
        byte[] message = new byte[count];
        Array.Copy(buffer, offset, message, 0, count);
        byte[] mac = HMACSHA256.HashData(secret, message);
        Array.Clear(message, 0, count);
        Array.Copy(mac, 0, output, 0, MacSizeBytes);
        Array.Clear(mac, 0, MacSizeBytes);
    }
}
