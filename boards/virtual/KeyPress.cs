namespace Keyway.Boards.Virtual;

/// <summary>One press of one key, from contact to contact, in nanoseconds of chip time.</summary>
internal sealed class KeyPress
{
    /// <summary>The release of a key that is still held.</summary>
    internal const long Held = long.MaxValue;

    internal KeyPress(char key, int row, int column, long pressedAt, int pressBounce)
    {
        Key = key;
        Row = row;
        Column = column;
        PressedAt = pressedAt;
        PressBounce = pressBounce;
        ReleasedAt = Held;
    }

    internal char Key { get; }

    internal int Row { get; }

    internal int Column { get; }

    internal long PressedAt { get; }

    /// <summary>How long the contact chatters after it closed.</summary>
    internal int PressBounce { get; }

    internal long ReleasedAt { get; private set; }

    /// <summary>How long the contact chatters after it opened.</summary>
    internal int ReleaseBounce { get; private set; }

    internal void Release(long at, int bounce)
    {
        ReleasedAt = at;
        ReleaseBounce = bounce;
    }

    /// <summary>True when the contact may close no more.</summary>
    internal bool IsOver(long now) => ReleasedAt != Held && now >= ReleasedAt + ReleaseBounce;

    /// <summary>True when the contact is closed; chance decides while it chatters.</summary>
    internal bool IsClosed(long now, SeededRandom random)
    {
        if (now < PressedAt || IsOver(now))
        {
            return false;
        }

        bool isChatter = now < PressedAt + PressBounce || now >= ReleasedAt;
        return !isChatter || random.Next(2) == 0;
    }
}
