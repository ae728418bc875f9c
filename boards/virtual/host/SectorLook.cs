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
        Tables tables = board.Agent.Tables;
        byte[] image = board.Flash.Image;
        var sectors = new SectorLook[tables.Log.Ring.Count];
        for (int sector = 0; sector < sectors.Length; sector++)
        {
            sectors[sector] = Of(tables, image, sector);
        }

        return sectors;
    }

    private static SectorLook Of(Tables tables, byte[] image, int sector)
    {
        Ring ring = tables.Log.Ring;
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
                ? LiveIn(tables, bytes.ToArray(), sector * SlotLog.FramesPerSector + frame) : 0;
        }

        bool isBlank = !image.AsSpan(ring.AddressOf(sector, 0), SpiNorFlash.SectorSizeBytes)
            .ContainsAnyExcept(Blank);
        SectorUse use = ring.StateOf(sector) switch
        {
            SectorState.Bad => SectorUse.Bad,
            SectorState.Ready => SectorUse.Ready,
            _ => live > 0 ? SectorUse.Live : isBlank ? SectorUse.Erased : SectorUse.Stale,
        };
        return new SectorLook(use, live, frames, ring.ErasesOf(sector));
    }

    // What Reclaim would carry on. The second frame of a code counts with the first.
    private static int LiveIn(Tables tables, byte[] frame, int location)
    {
        CodeSlots slots = tables.Book.Slots;
        int slot = Frame.GetUInt16(frame, Frame.Slot);
        switch ((FrameType)frame[Frame.Type])
        {
            case FrameType.Code:
                return slots.IsAt(slot, location) ? AccessCode.FrameCount
                    : tables.Attempts.Window.IsLive(frame, location) ? 1 : 0;
            case FrameType.State:
                return location == tables.State.Location ? 1 : 0;
            case FrameType.Event:
                return tables.Events.IsLive(frame, location) ? 1 : 0;
            case FrameType.Tombstone:
                return tables.Attempts.Window.IsLive(frame, location)
                    || tables.Tombstones.IsLive(frame, location, tables.State.LatestUtc) ? 1 : 0;
            case FrameType.Attempt:
                return tables.Attempts.Window.IsLive(frame, location) ? 1 : 0;
            default:
                return 0;
        }
    }
}
