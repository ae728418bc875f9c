namespace Keyway.Firmware;

/// <summary>How many codes still fit: slots that are free, and frames beside those that count.
/// </summary>
public sealed class CodeRoom
{
    private readonly CodeBook _book;
    private readonly ActionAttempts _attempts;
    private readonly FrameWindow _events;

    /// <summary>Wires it.</summary>
    /// <param name="book">The codes and the tombstones.</param>
    /// <param name="attempts">Answers that count.</param>
    /// <param name="events">Events that count.</param>
    public CodeRoom(CodeBook book, ActionAttempts attempts, FrameWindow events)
    {
        _book = book;
        _attempts = attempts;
        _events = events;
    }

    /// <summary>True when one more code, and what goes with it, would fit beside all that counts.
    /// </summary>
    public bool HasRoomForCode => LiveFrames + Limits.RoomForCode <= _book.Log.LiveFramesMax;

    /// <summary>Frames that count now, the state among them.</summary>
    public int LiveFrames => AccessCode.FrameCount * _book.Count + _attempts.Window.Count
        + _book.Tombstones.Count + _events.Count + 1;

    /// <summary>Codes over 10^digits, how often a guess opens the door, is past one in so many.
    /// </summary>
    /// <param name="codes">Codes on the lock.</param>
    /// <param name="digits">How many digits a guess has.</param>
    public static bool IsGuessable(int codes, int digits)
    {
        long numbers = 1;
        for (int i = 0; i < digits; i++)
        {
            numbers *= 10;
        }

        return (long)codes * Limits.GuessOneIn > numbers;
    }

    /// <summary>Slots that an ordinary code may still have: those of the backup pool are kept free.
    /// </summary>
    public int FreeSlots => FreeSlotsWith(_book.State.IsPoolOn);

    /// <summary>The same, where the backup pool is on or about to be.</summary>
    /// <param name="isPoolOn">Its slots are kept free.</param>
    public int FreeSlotsWith(bool isPoolOn)
    {
        int pool = _book.Capacity / 4 < Limits.BackupPool
            ? _book.Capacity / 4 : Limits.BackupPool;
        int free = _book.Capacity - _book.Count - (isPoolOn ? pool : 0);
        return free < 0 ? 0 : free;
    }

    /// <summary>Frames that count at once on a lock whose slots are all taken, without tombstones:
    /// those only make it take fewer codes meanwhile.</summary>
    public int LiveFramesFull => AccessCode.FrameCount * _book.Slots.Most
        + _attempts.Window.Size + _events.Size + 1;
}
