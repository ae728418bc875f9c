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

    private int LiveFrames => AccessCode.FrameCount * Book.Count + Attempts.Window.Count
        + Tombstones.Count + Events.Count + 1;
}
