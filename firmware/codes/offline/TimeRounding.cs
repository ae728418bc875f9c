// Fits the window that was asked for to one that an offline code can say. The lock and its server
// call it; it calls nothing but OfflineCode's constants.

namespace Keyway.Firmware;

/// <summary>max_time_rounding: start down, end up, as little as possible.</summary>
public static class TimeRounding
{
    /// <summary>The rounding of <c>1hour</c> and <c>1h</c>, in s.</summary>
    public const int HourSeconds = OfflineCode.HourSeconds;

    /// <summary>The rounding of <c>1day</c> and <c>1d</c>, in s.</summary>
    public const int DaySeconds = OfflineCode.DaySeconds;

    /// <summary>Finds start and index of the time-bound offline code for a window.</summary>
    /// <remarks>
    /// The start goes down to the full hour. Up to 672 hours the end goes up to the full hour; a
    /// longer window goes up to whole days after the start, at least 29. So the code is valid
    /// whenever it was asked to be, and neither end moves by more than the maximum. No window is
    /// too short: the shortest code lasts an hour.
    /// </remarks>
    /// <param name="startsAt">Asked for, in unix seconds.</param>
    /// <param name="endsAt">Asked for, in unix seconds, exclusive.</param>
    /// <param name="maxSeconds">The most that an end may move: <see cref="HourSeconds"/>, or
    /// <see cref="DaySeconds"/>.</param>
    /// <param name="startHour">Hours since 1970 (UTC); 0 when refused.</param>
    /// <param name="index">The duration of the code; 0 when refused.</param>
    /// <returns><see cref="Refusal.None"/>; <see cref="Refusal.NotATime"/> outside what the lock
    /// can store; <see cref="Refusal.WindowReversed"/>; <see cref="Refusal.OfflineTooLong"/> for
    /// more than 356 days after rounding, or an end that the lock cannot store; <see
    /// cref="Refusal.RoundingExceeded"/>.</returns>
    public static Refusal TryRound(
        long startsAt, long endsAt, int maxSeconds, out long startHour, out int index)
    {
        startHour = 0;
        index = 0;
        if (startsAt < 0 || startsAt > Iso8601.Maximum || endsAt > Iso8601.Maximum)
            return Refusal.NotATime;
        if (endsAt <= startsAt) return Refusal.WindowReversed;

        long hour = startsAt / HourSeconds;
        long start = hour * HourSeconds;
        long seconds = endsAt - start;
        int fitted = (int)((seconds + HourSeconds - 1) / HourSeconds) - 1;
        if (fitted >= OfflineCode.DayIndex)
        {
            int days = (int)((seconds + DaySeconds - 1) / DaySeconds);
            if (days > OfflineCode.LastDays) return Refusal.OfflineTooLong;
            fitted = OfflineCode.DayIndex + days - OfflineCode.FirstDays;
        }

        if (!OfflineCode.IsSound(hour, fitted)) return Refusal.OfflineTooLong;

        long end = OfflineCode.EndOf(false, hour, fitted);
        if (startsAt - start > maxSeconds || end - endsAt > maxSeconds)
            return Refusal.RoundingExceeded;

        startHour = hour;
        index = fitted;
        return Refusal.None;
    }
}
