using CsCheck;
using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>What the log takes for a group of frames, beside a second reading of the format.
/// </summary>
public sealed class FrameTarget : ITarget
{
    private const int HeadBytes = 6;

    // CRC-32 finds every change of up to four bits in so few bytes.
    private const int CertainBits = 4;
    private readonly Checksum _checksum = new();

    // The sector's sequence, 4 bytes; what is done to the frames, 2 bytes; and the frames.
    public Gen<byte[]> Inputs { get; } = Gen.Int[1, SlotLog.FramesPerPage].SelectMany(
        count => Gen.Byte.Array[HeadBytes + count * Frame.SizeBytes]);

    public string? Check(byte[] input)
    {
        int count = (input.Length - HeadBytes) / Frame.SizeBytes;
        if (count is < 1 or > SlotLog.FramesPerPage)
        {
            return null;
        }

        uint sequence = Frame.GetUInt32(input, 0);
        byte[] frames = input[HeadBytes..(HeadBytes + count * Frame.SizeBytes)];
        if (Differs(sequence, frames, out bool isRandomGroup) is { } random)
        {
            return random;
        }

        _checksum.Seal(sequence, frames, 0, count);
        string? wrong = Differs(sequence, frames, out bool isGroup);
        if (wrong != null || !isGroup)
        {
            return wrong ?? "a group that was sealed is none";
        }

        if (_checksum.IsGroup(sequence + 1, frames, 0, 1))
        {
            return "a frame of another life of the sector is valid";
        }

        if (count > 1)
        {
            Swap(frames, count - 1);
            wrong = _checksum.IsGroup(sequence, frames, 0, count)
                ? "two frames that changed places are a group" : null;
            Swap(frames, count - 1);
            if (wrong != null)
            {
                return wrong;
            }
        }

        int bits = Flip(frames, input[4], input[5]);
        wrong = Differs(sequence, frames, out isGroup);
        return wrong ?? (isGroup && bits > 0 ? $"{bits} changed bits of one frame are not seen"
            : isRandomGroup && count > 1 ? "random bytes are a group" : null);
    }

    private string? Differs(uint sequence, byte[] frames, out bool isGroup)
    {
        int count = frames.Length / Frame.SizeBytes;
        isGroup = _checksum.IsGroup(sequence, frames, 0, count);
        return isGroup == PlainFrames.IsGroup(sequence, frames) ? null
            : $"a group of {count}: {isGroup}";
    }

    // The first frame and another, each as it was sealed.
    private static void Swap(byte[] frames, int other)
    {
        byte[] first = frames[..Frame.SizeBytes];
        Array.Copy(frames, other * Frame.SizeBytes, frames, 0, Frame.SizeBytes);
        first.CopyTo(frames, other * Frame.SizeBytes);
    }

    // Changes up to four bits of one frame, where its own bytes say.
    private static int Flip(byte[] frames, int which, int bits)
    {
        int start = which % (frames.Length / Frame.SizeBytes) * Frame.SizeBytes;
        var at = new HashSet<int>();
        for (int i = 0; i < bits % (CertainBits + 1); i++)
        {
            at.Add((frames[start + 4 + 2 * i] << 8 | frames[start + 5 + 2 * i])
                % (Frame.SizeBytes * 8));
        }

        foreach (int bit in at)
        {
            frames[start + bit / 8] ^= (byte)(1 << (bit % 8));
        }

        return at.Count;
    }
}
