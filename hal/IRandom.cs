namespace Keyway.Hal;

/// <summary>Bytes that nobody can predict.</summary>
public interface IRandom
{
    /// <summary>Overwrites a range with random bytes.</summary>
    /// <param name="buffer">The caller's.</param>
    /// <param name="offset">The first byte to write.</param>
    /// <param name="count">How many bytes.</param>
    void Fill(byte[] buffer, int offset, int count);
}
