namespace Keyway.Firmware;

/// <summary>What RAM knows of the frames; Loader fills it, Reclaim keeps it true.</summary>
public sealed class Tables
{
    /// <summary>Makes empty tables over a log.</summary>
    /// <param name="log">Holds the frames.</param>
    /// <param name="book">The access codes.</param>
    /// <param name="state">The lock's own numbers.</param>
    public Tables(SlotLog log, CodeBook book, LockState state)
    {
        Log = log;
        Book = book;
        State = state;
        Attempts = new ActionAttempts(log);
        Tombstones = new Tombstones(log);
    }

    /// <summary>Holds the frames.</summary>
    public SlotLog Log { get; }

    /// <summary>The access codes.</summary>
    public CodeBook Book { get; }

    /// <summary>Action attempts that have an answer.</summary>
    public ActionAttempts Attempts { get; }

    /// <summary>Deleted access codes.</summary>
    public Tombstones Tombstones { get; }

    /// <summary>Events that the broker has not acknowledged.</summary>
    public FrameWindow Events { get; } = new(Limits.Events);

    /// <summary>The lock's own numbers.</summary>
    public LockState State { get; }

    /// <summary>True when one more code, and what goes with it, would fit beside all that counts.
    /// </summary>
    public bool HasRoomForCode => LiveFrames + Limits.RoomForCode <= Log.LiveFramesMax;

    /// <summary>Slots that an ordinary code may still have: those of the backup pool are kept free.
    /// </summary>
    public int FreeSlots => FreeSlotsWith(State.IsPoolOn);

    /// <summary>The same, where the backup pool is on or about to be.</summary>
    /// <param name="isPoolOn">Its slots are kept free.</param>
    public int FreeSlotsWith(bool isPoolOn)
    {
        int pool = Book.Capacity / 4 < Limits.BackupPool
            ? Book.Capacity / 4 : Limits.BackupPool;
        int free = Book.Capacity - Book.Count - (isPoolOn ? pool : 0);
        return free < 0 ? 0 : free;
    }

    /// <summary>Takes a code from its slot: flash first, RAM second.</summary>
    /// <param name="slot">A slot that holds one.</param>
    /// <param name="tombstone">The frame that does it; receives the slot.</param>
    /// <param name="location">Where it lies; -1 when it failed.</param>
    /// <returns>Ok, or what <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Remove(int slot, byte[] tombstone, out int location)
    {
        StorageStatus status = Book.Remove(slot, tombstone, out location);
        if (status == StorageStatus.Ok
            && Frame.GetUInt32(tombstone, Frame.Detail) > State.LatestUtc)
        {
            // Of a code that has ended only the slot has to be told.
            Tombstones.Add(tombstone, location);
        }

        return status;
    }

    /// <summary>Notes that an id is never to be used, or never again: flash first, RAM second.
    /// </summary>
    /// <param name="tombstone">The frame that says so; without a slot.</param>
    /// <param name="location">Where it lies; -1 when it failed.</param>
    /// <returns>Ok; Full when another would push one out that counts, or there is no room; or what
    /// <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Revoke(byte[] tombstone, out int location)
    {
        location = -1;
        StorageStatus status = Tombstones.Count == Limits.Tombstones || !HasRoomForCode
            ? StorageStatus.Full : Log.Append(tombstone, 1, out location);
        if (status == StorageStatus.Ok)
        {
            Tombstones.Add(tombstone, location);
        }

        return status;
    }

    /// <summary>Frames that count at once on a lock whose slots are all taken, without tombstones:
    /// those only make it take fewer codes meanwhile.</summary>
    public int LiveFramesFull => AccessCode.FrameCount * Book.Capacity + Limits.Attempts
        + Limits.Events + 1;

    private int LiveFrames => AccessCode.FrameCount * Book.Count + Attempts.Window.Count
        + Tombstones.Count + Events.Count + 1;
}
