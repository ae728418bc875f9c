using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>
/// Predictable bytes, the same on every platform, for simulation only: whoever knows the seed knows
/// them all. Marsaglia's xorshift32.
/// </summary>
public sealed class SeededRandom : IRandom
{
    private uint _state;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">Neighbouring seeds give sequences that have nothing in common.</param>
    public SeededRandom(int seed)
    {
        uint mixed = (uint)seed + 0x9E3779B9u;
        mixed = (mixed ^ (mixed >> 16)) * 0x85EBCA6Bu;
        mixed = (mixed ^ (mixed >> 13)) * 0xC2B2AE35u;
        mixed ^= mixed >> 16;
        _state = mixed == 0 ? 1u : mixed;
    }

    /// <summary>The next number.</summary>
    /// <param name="bound">Above 0.</param>
    /// <returns>0 to <paramref name="bound"/> - 1.</returns>
    public int Next(int bound) => (int)(NextBits() % (uint)bound);

    /// <summary>The next 32 bits, never all 0.</summary>
    public uint NextBits()
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return _state;
    }

    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            buffer[offset + i] = (byte)(NextBits() >> 8);
        }
    }
}
