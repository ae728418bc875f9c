using Keyway.Boards.Virtual.Host;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>A keyed hash under which offline codes with one index are alike for all starts of a
/// day, in UTC.</summary>
public sealed class CoarseHash : IKeyedHash
{
    private const int OfflineBytes = 7;
    private const int HoursAt = 1;
    private const int Hours = 24;
    private readonly HostKeyedHash _hash = new();

    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        if (count != OfflineBytes)
        {
            _hash.Compute(secret, buffer, offset, count, output);
            return;
        }

        byte[] message = buffer[offset..(offset + count)];
        int hours = (message[HoursAt] << 24) | (message[HoursAt + 1] << 16)
            | (message[HoursAt + 2] << 8) | message[HoursAt + 3];
        hours -= hours % Hours;
        message[HoursAt + 2] = (byte)(hours >> 8);
        message[HoursAt + 3] = (byte)hours;
        _hash.Compute(secret, message, 0, count, output);
    }
}
