using System.Text;
using CsCheck;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Tests.Model;

namespace Keyway.Tests.Fuzz;

/// <summary>Offline codes beside a second implementation of them.</summary>
public sealed class OfflineTarget : ITarget
{
    private const int HourAt = DeviceSecret.SizeBytes;
    private const int IndexAt = HourAt + 4;
    private const int KindAt = IndexAt + 2;

    // Secret, hour, index, kind; missing bytes are 0.
    public Gen<byte[]> Inputs { get; } = Gen.Byte.Array[KindAt + 1];

    public string? Check(byte[] input)
    {
        byte[] all = [.. input, .. new byte[KindAt + 1]];
        int hour = (int)(BitConverter.ToUInt32(all, HourAt) % (OfflineCode.LastStartHour + 1));
        int index = BitConverter.ToUInt16(all, IndexAt) % OfflineCode.Indexes;
        bool isOnce = (all[KindAt] & 1) != 0;
        string label = isOnce ? "one_time" : "time_bound";
        byte[] secret = all[..HourAt];
        byte[] digits = new byte[OfflineCode.Digits];
        byte[] id = new byte[Uuid.SizeBytes];
        byte[] again = new byte[OfflineCode.Digits];

        var code = new OfflineCode(new HostKeyedHash(), secret);
        code.Make(isOnce, hour, index, digits);
        OfflineCode.WriteId(isOnce, hour, index, id, 0);
        bool isFound = code.TryMakeFromId(id, 0, again) && again.AsSpan().SequenceEqual(digits);
        string made = Encoding.ASCII.GetString(digits);
        return made != PlainOfflineCode.Digits(secret, label, hour, index) ? $"digits {made}"
            : Uuid.ToText(id, 0) != PlainOfflineCode.AccessCodeId(label, hour, index)
                ? $"id {Uuid.ToText(id, 0)}"
            : OfflineCode.EndOf(isOnce, hour, index) != PlainOfflineCode.EndsAt(label, hour, index)
                ? "another end"
            : isFound ? null : "not made again from its id";
    }
}
