// HMAC-SHA256 in plain C#, for tests on a desktop build of the device runtime, which lacks the
// native one. A board has its own. FIPS 180-4 for the hash, RFC 2104 for the MAC.

using System;
using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>HMAC-SHA256 without a library; allocates nothing after construction.</summary>
public sealed class ManagedHmac : IKeyedHash
{
    private const int HashBytes = 32;
    private const int BlockBytes = Sha256.BlockBytes;

    private readonly Sha256 _hash = new();
    private readonly byte[] _pad = new byte[BlockBytes];
    private readonly byte[] _inner = new byte[HashBytes];

    /// <inheritdoc/>
    /// <remarks>Takes longer secrets too, hashed first as RFC 2104 says.</remarks>
    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        SetPad(secret);
        Flip(0x36);
        _hash.Reset();
        _hash.Append(_pad, 0, BlockBytes);
        _hash.Append(buffer, offset, count);
        _hash.Finish(_inner);

        Flip(0x36 ^ 0x5C);
        _hash.Reset();
        _hash.Append(_pad, 0, BlockBytes);
        _hash.Append(_inner, 0, HashBytes);
        _hash.Finish(output);
        Array.Clear(_pad, 0, BlockBytes);
    }

    private void SetPad(byte[] secret)
    {
        Array.Clear(_pad, 0, BlockBytes);
        if (secret.Length <= BlockBytes)
        {
            Array.Copy(secret, 0, _pad, 0, secret.Length);
            return;
        }

        _hash.Reset();
        _hash.Append(secret, 0, secret.Length);
        _hash.Finish(_inner);
        Array.Copy(_inner, 0, _pad, 0, HashBytes);
    }

    private void Flip(byte mask)
    {
        for (int i = 0; i < BlockBytes; i++)
        {
            _pad[i] ^= mask;
        }
    }
}
