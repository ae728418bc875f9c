// SHA-256 as FIPS 180-4 has it, section 6.2. ManagedHmac calls it.

using System;

namespace Keyway.Boards.Virtual;

/// <summary>One hash at a time: Reset, Append as often as needed, Finish.</summary>
internal sealed class Sha256
{
    /// <summary>The hash works on blocks of this many bytes.</summary>
    internal const int BlockBytes = 64;

    private const int LengthOffset = 56;

    private readonly uint[] _constants = Constants();
    private readonly uint[] _state = new uint[8];
    private readonly uint[] _schedule = new uint[64];
    private readonly byte[] _block = new byte[BlockBytes];
    private int _filled;
    private long _totalBytes;

    /// <summary>Begins a hash.</summary>
    internal void Reset()
    {
        Array.Copy(_constants, 64, _state, 0, 8);
        _filled = 0;
        _totalBytes = 0;
    }

    /// <summary>Adds a range to the message.</summary>
    internal void Append(byte[] buffer, int offset, int count)
    {
        _totalBytes += count;
        while (count > 0)
        {
            int room = BlockBytes - _filled;
            int chunk = count < room ? count : room;
            Array.Copy(buffer, offset, _block, _filled, chunk);
            _filled += chunk;
            offset += chunk;
            count -= chunk;
            if (_filled == BlockBytes)
            {
                Compress();
            }
        }
    }

    /// <summary>Ends the message and writes the 32 bytes of its hash.</summary>
    internal void Finish(byte[] output)
    {
        long bits = _totalBytes * 8;
        _block[_filled] = 0x80;
        _filled++;
        if (_filled > LengthOffset)
        {
            Array.Clear(_block, _filled, BlockBytes - _filled);
            Compress();
        }

        Array.Clear(_block, _filled, LengthOffset - _filled);
        Store(_block, LengthOffset, (uint)(bits >> 32));
        Store(_block, LengthOffset + 4, (uint)bits);
        Compress();
        for (int i = 0; i < 8; i++)
        {
            Store(output, i * 4, _state[i]);
        }
    }

    private void Compress()
    {
        Schedule();
        uint a = _state[0];
        uint b = _state[1];
        uint c = _state[2];
        uint d = _state[3];
        uint e = _state[4];
        uint f = _state[5];
        uint g = _state[6];
        uint h = _state[7];
        for (int i = 0; i < 64; i++)
        {
            uint high = Rotate(e, 6) ^ Rotate(e, 11) ^ Rotate(e, 25);
            uint first = h + high + ((e & f) ^ (~e & g)) + _constants[i] + _schedule[i];
            uint low = Rotate(a, 2) ^ Rotate(a, 13) ^ Rotate(a, 22);
            uint second = low + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
        _filled = 0;
    }

    private void Schedule()
    {
        for (int i = 0; i < 16; i++)
        {
            int at = i * 4;
            _schedule[i] = (uint)_block[at] << 24 | (uint)_block[at + 1] << 16
                | (uint)_block[at + 2] << 8 | _block[at + 3];
        }

        for (int i = 16; i < 64; i++)
        {
            uint w15 = _schedule[i - 15];
            uint w2 = _schedule[i - 2];
            uint s0 = Rotate(w15, 7) ^ Rotate(w15, 18) ^ (w15 >> 3);
            uint s1 = Rotate(w2, 17) ^ Rotate(w2, 19) ^ (w2 >> 10);
            _schedule[i] = _schedule[i - 16] + s0 + _schedule[i - 7] + s1;
        }
    }

    private static uint Rotate(uint value, int count) =>
        (value >> count) | (value << (32 - count));

    private static void Store(byte[] buffer, int offset, uint value)
    {
        buffer[offset] = (byte)(value >> 24);
        buffer[offset + 1] = (byte)(value >> 16);
        buffer[offset + 2] = (byte)(value >> 8);
        buffer[offset + 3] = (byte)value;
    }

    /// <summary>The 64 round constants, section 4.2.2, and the 8 initial words, 5.3.3.</summary>
    private static uint[] Constants() => new uint[]
    {
        0x428A2F98, 0x71374491, 0xB5C0FBCF, 0xE9B5DBA5, 0x3956C25B, 0x59F111F1,
        0x923F82A4, 0xAB1C5ED5, 0xD807AA98, 0x12835B01, 0x243185BE, 0x550C7DC3,
        0x72BE5D74, 0x80DEB1FE, 0x9BDC06A7, 0xC19BF174, 0xE49B69C1, 0xEFBE4786,
        0x0FC19DC6, 0x240CA1CC, 0x2DE92C6F, 0x4A7484AA, 0x5CB0A9DC, 0x76F988DA,
        0x983E5152, 0xA831C66D, 0xB00327C8, 0xBF597FC7, 0xC6E00BF3, 0xD5A79147,
        0x06CA6351, 0x14292967, 0x27B70A85, 0x2E1B2138, 0x4D2C6DFC, 0x53380D13,
        0x650A7354, 0x766A0ABB, 0x81C2C92E, 0x92722C85, 0xA2BFE8A1, 0xA81A664B,
        0xC24B8B70, 0xC76C51A3, 0xD192E819, 0xD6990624, 0xF40E3585, 0x106AA070,
        0x19A4C116, 0x1E376C08, 0x2748774C, 0x34B0BCB5, 0x391C0CB3, 0x4ED8AA4A,
        0x5B9CCA4F, 0x682E6FF3, 0x748F82EE, 0x78A5636F, 0x84C87814, 0x8CC70208,
        0x90BEFFFA, 0xA4506CEB, 0xBEF9A3F7, 0xC67178F2,
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A,
        0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    };
}
