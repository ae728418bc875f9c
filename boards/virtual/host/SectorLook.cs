// The flash as a map. VirtualLock makes it on the lock's thread, from the cells and from what the
// agent knows of them; nothing passes over the chip's wires.

using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Boards.Virtual.Host;

/// <summary>A sector at one moment.</summary>
/// <param name="Use">What it is.</param>
/// <param name="LiveFrames">Frames in it that count.</param>
/// <param name="Frames">Frames in it.</param>
/// <param name="Erases">How often it has been erased: its wear.</param>
public readonly record struct SectorLook(SectorUse Use, int LiveFrames, int Frames, int Erases)
{
    private const byte Blank = 0xFF;

    /// <summary>Looks at every sector of the lock's region.</summary>
    internal static SectorLook[] Of(VirtualBoard board)
    {
        Agent agent = board.Agent;
        byte[] image = board.Flash.Image;
        var sectors = new SectorLook[agent.Log.Ring.Count];
        for (int sector = 0; sector < sectors.Length; sector++)
        {
            sectors[sector] = Of(agent, image, sector);
        }

        return sectors;
    }

    private static SectorLook Of(Agent agent, byte[] image, int sector)
    {
        Ring ring = agent.Log.Ring;
        int frames = 0;
        int live = 0;
        for (int frame = SectorIndex.FirstFrame; frame <= SectorIndex.LastFrame; frame++)
        {
            ReadOnlySpan<byte> bytes =
                image.AsSpan(ring.AddressOf(sector, frame), Frame.SizeBytes);
            if (!bytes.ContainsAnyExcept(Blank))
            {
                continue;
            }

            frames++;
            live += ring.HoldsFrames(sector)
                ? LiveIn(agent, bytes.ToArray(), sector * SlotLog.FramesPerSector + frame) : 0;
        }

        bool isBlank = !image.AsSpan(ring.AddressOf(sector, 0), SpiNorFlash.SectorSizeBytes)
            .ContainsAnyExcept(Blank);
        SectorUse use = ring.StateOf(sector) switch
        {
            SectorState.Bad => SectorUse.Bad,
            SectorState.Ready => SectorUse.Ready,
            _ => live > 0 ? SectorUse.Live : isBlank ? SectorUse.Erased : SectorUse.Stale,
        };
        return new SectorLook(use, live, frames, ErasesOf(image, ring.AddressOf(sector, 0)));
    }

    private static int ErasesOf(byte[] image, int header) =>
        SectorHeader.IsValid(new Checksum(), image, header)
            ? SectorHeader.ErasesOf(image, header) : 0;

    // What Reclaim would carry on. The second frame of a code counts with the first.
    private static int LiveIn(Agent agent, byte[] frame, int location)
    {
        CodeSlots slots = agent.Codes.Slots;
        int slot = Frame.GetUInt16(frame, Frame.Slot);
        switch ((FrameType)frame[Frame.Type])
        {
            case FrameType.Code:
                return slots.IsAt(slot, location) ? AccessCode.FrameCount
                    : agent.Attempts.Window.IsLive(frame, location) ? 1 : 0;
            case FrameType.State:
                return location == agent.State.Location ? 1 : 0;
            case FrameType.Event:
                return agent.Events.IsLive(frame, location) ? 1 : 0;
            case FrameType.Tombstone:
                return agent.Attempts.Window.IsLive(frame, location)
                    || agent.Codes.Tombstones.IsLive(
                        frame, location, agent.State.LatestUtc) ? 1 : 0;
            case FrameType.Attempt:
                return agent.Attempts.Window.IsLive(frame, location) ? 1 : 0;
            default:
                return 0;
        }
    }
}
