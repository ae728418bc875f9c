namespace Keyway.Firmware;

/// <summary>Stand-in.</summary>
public static class TimeRounding
{
    /// <summary>Stand-in.</summary>
    public static Refusal TryRound(long startsAt, long endsAt, int max, out long startHour, out int index)
    {
        startHour = 0;
        index = 0;
        return Refusal.None;
    }
}
