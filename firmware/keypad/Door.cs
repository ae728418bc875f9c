// From keys to the strike, alone and without network. Agent calls it once a step; it calls KeyScan,
// CodeEntry, CodeBook and Strike, and tells EventLog afterwards.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Decides what entered digits do, and does it.</summary>
/// <remarks>
/// <code>
/// idle --Enter--> decided --fixed time after Enter--> shown --> idle
/// </code>
/// The decision is taken at Enter, strike and feedback come at a fixed time after it, whatever the
/// outcome. Keys pressed in between are dropped.
/// </remarks>
public sealed class Door
{
    private readonly KeyScan _keys;
    private readonly CodeEntry _entry = new();
    private readonly CodeBook _book;
    private readonly TimeOfDay _time;
    private readonly Strike _strike;
    private readonly IOutputPin _granted;
    private readonly IOutputPin _denied;
    private readonly IClock _clock;
    private readonly EventLog _events;
    private readonly int _strikeMs;
    private readonly byte[] _foundId = new byte[Uuid.SizeBytes];
    private long _lastKeyMs;
    private long _enterMs;
    private long _shownMs;
    private bool _isDecided;
    private bool _isShown;
    private CodeMatch _match;

    /// <summary>Wires the door; both LEDs go dark.</summary>
    public Door(KeyScan keys, CodeBook book, TimeOfDay time, Strike strike, AgentPorts ports,
        EventLog events, int strikeMs)
    {
        _keys = keys;
        _book = book;
        _time = time;
        _strike = strike;
        _granted = ports.Granted;
        _denied = ports.Denied;
        _clock = ports.Clock;
        _events = events;
        _strikeMs = strikeMs;
        _lastKeyMs = _clock.Milliseconds - Limits.KeypadAwakeMs;
        _granted.Write(false);
        _denied.Write(false);
    }

    /// <summary>Somebody is at the keypad, or was a moment ago.</summary>
    public bool IsAwake => _isDecided || !_keys.IsIdle
        || _clock.Milliseconds - _lastKeyMs < Limits.KeypadAwakeMs;

    /// <summary>One slice; reads at most one code from flash.</summary>
    public void Step()
    {
        _keys.Step();
        long nowMs = _clock.Milliseconds;
        _entry.Step(nowMs);
        while (_keys.TryTakeKey(out char key))
        {
            _lastKeyMs = nowMs;
            if (!_isDecided && _entry.Press(key, nowMs))
            {
                _enterMs = nowMs;
                _isDecided = true;
                Decide();
            }
        }

        if (_isDecided && nowMs - _enterMs >= Limits.FeedbackDelayMs)
        {
            Show(nowMs);
        }

        if (_isShown && nowMs - _shownMs >= Limits.FeedbackShowMs)
        {
            _granted.Write(false);
            _denied.Write(false);
            _isShown = false;
        }
    }

    private void Decide()
    {
        _match = CodeMatch.Unknown;
        System.Array.Clear(_foundId, 0, _foundId.Length);
        if (!_entry.IsTooLong)
        {
            _match = _book.Match(_entry.Digits, _entry.Count, _time.IsKnown, _time.Utc,
                _time.Latest, out AccessCode found);
            if (_match is not (CodeMatch.Unknown or CodeMatch.NotReady
                or CodeMatch.Damaged))
            {
                System.Array.Copy(found.Bytes, Frame.AccessCodeId, _foundId, 0, Uuid.SizeBytes);
            }
        }

        _entry.Forget();
    }

    private void Show(long nowMs)
    {
        bool opens = _match == CodeMatch.Opens;
        if (opens)
        {
            _strike.Energize(_strikeMs);
        }

        _granted.Write(opens);
        _denied.Write(!opens);
        _isDecided = false;
        _isShown = true;
        _shownMs = nowMs;
        _events.Entry(_match, _foundId);
    }
}
