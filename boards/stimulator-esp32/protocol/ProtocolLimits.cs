namespace Keyway.Boards.StimulatorProtocol;

/// <summary>Every bound of the stimulator and its line, with unit and reason.</summary>
public static class ProtocolLimits
{
    /// <summary>Version of the protocol: the line that both sides begin with says it.</summary>
    public const int Version = 1;

    /// <summary>Speed of the serial line; a line of 40 bytes takes 3.5 ms.</summary>
    public const int BaudRate = 115_200;

    /// <summary>Bytes of a line without its end; the longest is "ok" with a request.</summary>
    public const int LineMaxBytes = 60;

    /// <summary>Words of a line; the longest is "ok press K MS at MS".</summary>
    public const int WordsMax = 8;

    /// <summary>A key is held at most so long, in ms. Whoever asked may be gone; a key must not
    /// stay down for ever.</summary>
    public const int HoldMaxMs = 60_000;

    /// <summary>A level of the strike counts when it has lasted so long, in ms, unless the wiring
    /// says otherwise. Longer than the tick of 10 ms in which the stimulator looks; a strike is
    /// energized for 200 ms or more.</summary>
    public const int StrikeSettleMs = 15;

    /// <summary>Bytes taken from the line at once.</summary>
    public const int ReadBytes = 64;

    /// <summary>What the keys of a keypad are called: digits, * clears, # enters.</summary>
    public const string Keys = "123456789*0#";
}
