namespace Keyway.Hal;

/// <summary>HMAC-SHA256 (RFC 2104, FIPS 180-4).</summary>
public interface IKeyedHash
{
    /// <summary>Computes the MAC of a range into the caller's buffer.</summary>
    /// <param name="secret">The key of the MAC, 1 to 64 bytes.</param>
    /// <param name="buffer">Holds the message.</param>
    /// <param name="offset">The first byte of the message.</param>
    /// <param name="count">The message's length in bytes, 0 or more.</param>
    /// <param name="output">Receives 32 bytes at its start; at least that long.</param>
    void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output);
}
