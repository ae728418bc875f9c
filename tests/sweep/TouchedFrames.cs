using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Sweep;

/// <summary>The frames in which bits were flipped, as they were before.</summary>
public sealed class TouchedFrames
{
    private readonly List<byte[]> _frames = [];

    /// <summary>Looks them up.</summary>
    /// <param name="image">Before the damage.</param>
    /// <param name="places">The bytes.</param>
    public TouchedFrames(byte[] image, int[] places)
    {
        foreach (int place in places)
        {
            int start = place / Frame.SizeBytes * Frame.SizeBytes;
            int frame = place % SpiNorFlash.SectorSizeBytes / Frame.SizeBytes;
            bool isData = frame is >= SectorIndex.FirstFrame and <= SectorIndex.LastFrame;
            if (isData && image[start + Frame.Type] == (byte)FrameType.CodeDetail)
            {
                start -= Frame.SizeBytes;
            }

            if (isData)
            {
                _frames.Add(image[start..(start + Frame.SizeBytes)]);
            }
        }
    }

    /// <summary>The lock's state, or a mark of use, which names no code, was in one.</summary>
    public bool HasState => _frames.Exists(
        frame => frame[Frame.Type] is (byte)FrameType.State or (byte)FrameType.Used);

    /// <summary>True when an id was in one, as attempt, event or access code.</summary>
    public bool IsAbout(byte[] id) => HasUsed || _frames.Exists(frame =>
        Uuid.AreEqual(frame, Frame.AttemptId, id, 0)
        || Uuid.AreEqual(frame, Frame.AccessCodeId, id, 0));

    private bool HasUsed => _frames.Exists(
        frame => frame[Frame.Type] == (byte)FrameType.Used);
}
