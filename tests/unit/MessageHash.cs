using System.IO.Hashing;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>A hash for tests that ask what is hashed: it keeps the message and is quick.</summary>
internal sealed class MessageHash : IKeyedHash
{
    internal byte[] Message { get; private set; }

    /// <inheritdoc/>
    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        Message = new byte[count];
        System.Array.Copy(buffer, offset, Message, 0, count);
        Frame.PutUInt32(output, 0, Crc32.HashToUInt32(Message));
    }
}
