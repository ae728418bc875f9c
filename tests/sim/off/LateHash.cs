using Keyway.Boards.Virtual.Host;
using Keyway.Hal;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>A keyed hash under which an offline code also has the start a day after its own.
/// </summary>
/// <param name="typed">What was typed last.</param>
public sealed class LateHash(Func<string> typed) : IKeyedHash
{
    private const int OfflineBytes = 7;
    private const int Digits = 9;
    private const int Hours = 24;
    private readonly HostKeyedHash _hash = new();

    public void Compute(byte[] secret, byte[] buffer, int offset, int count, byte[] output)
    {
        byte[] message = buffer[offset..(offset + count)];
        if (count == OfflineBytes && typed().Length == Digits)
        {
            int hour = (message[1] << 24) | (message[2] << 16) | (message[3] << 8) | message[4];
            int index = (message[5] << 8) | message[6];
            string label = message[0] == 'o' ? "one_time" : "time_bound";
            if (PlainOfflineCode.IndexOf(secret, label, hour - Hours, typed()) == index)
            {
                message[3] = (byte)((hour - Hours) >> 8);
                message[4] = (byte)(hour - Hours);
            }
        }

        _hash.Compute(secret, message, 0, count, output);
    }
}
