using Keyway.Boards.Virtual;
using Keyway.Firmware;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>No connect and no erase begins while somebody is at the keypad or the strike is
/// energized.</summary>
public sealed class QuietWatch(VirtualClock clock, VirtualBoard board, LoopbackSession session)
{
    // What a key needs to be seen.
    private const int UnseenMs = 300;
    private bool _isTyping;
    private long _firstKeyMs;
    private long _lastKeyMs;
    private bool _wasEnergized;
    private int _connects;
    private long _erases;

    /// <summary>A new agent, which has seen no key.</summary>
    public void Started()
    {
        _isTyping = false;
        _lastKeyMs = long.MinValue / 2;
        _wasEnergized = false;
        _connects = session.ConnectAttempts;
        _erases = board.Flash.Counters.Erases;
    }

    /// <summary>The agent has made a step.</summary>
    public void Look()
    {
        long nowMs = clock.Milliseconds;
        bool isTyping = board.Keypad.IsTyping;
        _firstKeyMs = isTyping && !_isTyping ? nowMs : _firstKeyMs;
        _lastKeyMs = isTyping && nowMs - _firstKeyMs > UnseenMs ? nowMs : _lastKeyMs;
        _isTyping = isTyping;
        bool mayBegin = nowMs - _lastKeyMs >= Limits.KeypadAwakeMs - UnseenMs * 2
            && !(_wasEnergized && board.Strike.IsActive);
        Require(mayBegin || session.ConnectAttempts == _connects, "a connect begins at the keypad");
        Require(mayBegin || board.Flash.Counters.Erases == _erases,
            "an erase begins at the keypad");
        _wasEnergized = board.Strike.IsActive;
        _connects = session.ConnectAttempts;
        _erases = board.Flash.Counters.Erases;
    }
}
