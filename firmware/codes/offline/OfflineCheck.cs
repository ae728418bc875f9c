// Finds the offline code that entered digits stand for, a few MACs a step. Door calls it after the
// lock's own codes; it calls OfflineCode.

namespace Keyway.Firmware;

/// <summary>The check of nine digits at one moment, sliced.</summary>
/// <remarks>
/// The digits say index and tag. The start is one of the last <see
/// cref="Limits.OfflineFirstUseHours"/> full hours, the one that has just begun included, so that
/// the first use lies within 24 hours of the start, exclusive; and a time-bound code whose duration
/// is over is left out. At most 24 MACs a label. The newest start is tried first, and for one start
/// the time-bound label; the first that fits is the code. Where digits stand for two codes, which
/// chance does for about one code in 20,000, the newest start wins, and time-bound over one-time.
/// </remarks>
public sealed class OfflineCheck
{
    private const int TagDigits = 6;
    private readonly OfflineCode _code;
    private long _utc;
    private int _tag;
    private int _index;
    private long _startHour;
    private int _left;
    private bool _isOneTime;
    private bool _isFound;
    private long _endsAt;

    /// <summary>Takes what computes the tags.</summary>
    public OfflineCheck(OfflineCode code) => _code = code;

    /// <summary>True when the check has found a code; what follows is about that.</summary>
    public bool IsFound => _isFound;

    /// <summary>True for a one-time code, false for a time-bound one.</summary>
    public bool IsOneTime { get; private set; }

    /// <summary>Its start, in hours since 1970 (UTC).</summary>
    public long StartHour { get; private set; }

    /// <summary>Its index.</summary>
    public int Index { get; private set; }

    /// <summary>Its end, in unix seconds, exclusive.</summary>
    public long EndsAt => _endsAt;

    /// <summary>Begins a check and forgets the last.</summary>
    /// <param name="digits">ASCII; the caller's, not needed after the call.</param>
    /// <param name="count">How many; only nine can be an offline code.</param>
    /// <param name="utc">The time, which must be known, in unix seconds.</param>
    public void Begin(byte[] digits, int count, long utc)
    {
        Clear();
        if (count != OfflineCode.Digits || DigitRules.Used(digits, count) == 0
            || utc < 0 || utc > Iso8601.Maximum)
            return;

        _utc = utc;
        _tag = Number(digits, OfflineCode.Digits - TagDigits, TagDigits);
        _index = OfflineCode.IndexOf(Number(digits, 0, OfflineCode.Digits - TagDigits), _tag);
        _startHour = utc / OfflineCode.HourSeconds;
        _isOneTime = false;
        _left = 2 * Limits.OfflineFirstUseHours;
    }

    /// <summary>Goes on with a check, by at most <see cref="Limits.OfflineMacsPerStep"/> MACs.
    /// </summary>
    /// <param name="isFound">True when the check is over and a code was found.</param>
    /// <returns>True when the check is over.</returns>
    public bool Step(out bool isFound)
    {
        int macs = 0;
        while (_left > 0 && macs < Limits.OfflineMacsPerStep)
        {
            if (IsOpen())
            {
                macs++;
                if (_code.TagOf(_isOneTime, _startHour, _index) == _tag) Keep();
            }

            Advance();
        }

        isFound = IsFound;
        if (_left == 0) Forget();
        return _left == 0;
    }

    /// <summary>Ends a check and forgets what it found.</summary>
    public void Clear()
    {
        _left = 0;
        _isFound = false;
        IsOneTime = false;
        StartHour = 0;
        Index = 0;
        _endsAt = 0;
        Forget();
    }

    private bool IsOpen() => OfflineCode.IsSound(_startHour, _index)
        && OfflineCode.EndOf(_isOneTime, _startHour, _index) > _utc;

    private void Advance()
    {
        if (_left == 0) return;
        _left--;
        if (_isOneTime) _startHour--;
        _isOneTime = !_isOneTime;
    }

    private void Keep()
    {
        _isFound = true;
        IsOneTime = _isOneTime;
        StartHour = _startHour;
        Index = _index;
        _endsAt = OfflineCode.EndOf(_isOneTime, _startHour, _index);
        _left = 0;
    }

    /// <summary>No digits stay behind.</summary>
    private void Forget()
    {
        _tag = 0;
        _index = 0;
    }

    private static int Number(byte[] digits, int offset, int count)
    {
        int number = 0;
        for (int i = 0; i < count; i++)
        {
            number = number * 10 + digits[offset + i] - '0';
        }

        return number;
    }
}
