using System;
using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>A chip without cells that remembers the last command with an address.</summary>
internal sealed class RecordedSpi : ISpiDevice
{
    private readonly int _jedecId;

    internal RecordedSpi(int jedecId) => _jedecId = jedecId;

    internal int LastOpcode { get; private set; }

    internal int LastAddress { get; private set; }

    internal int LastCount { get; private set; }

    public void Transfer(byte[] buffer, int offset, int count)
    {
        int opcode = buffer[offset];
        if (opcode == 0x9F)
        {
            buffer[offset + 1] = (byte)(_jedecId >> 16);
            buffer[offset + 2] = (byte)(_jedecId >> 8);
            buffer[offset + 3] = (byte)_jedecId;
            return;
        }

        if (opcode == 0x05 || opcode == 0x35)
        {
            // Idle, and write enabled.
            Array.Clear(buffer, offset, count);
            buffer[offset + count - 1] = (byte)(opcode == 0x05 ? 0x02 : 0);
            return;
        }

        if (count > 4)
        {
            LastOpcode = opcode;
            LastAddress = buffer[offset + 1] << 16 | buffer[offset + 2] << 8 | buffer[offset + 3];
            LastCount = count - 4;
        }
    }
}
