namespace Keyway.Boards.StimulatorProtocol;

/// <summary>One line from the host to the stimulator. The same class reads and writes it.</summary>
/// <remarks>
/// <code>
/// hello                  press KEY MS      release KEY
/// power on | off         door open | closed
/// </code>
/// Words are separated by one blank; KEY is one of <see cref="ProtocolLimits.Keys"/>.
/// </remarks>
public sealed class Request
{
    /// <summary>What is asked.</summary>
    public RequestKind Kind { get; set; }

    /// <summary>Press and release: the key.</summary>
    public char Key { get; set; }

    /// <summary>Press: how long the key is down, in ms.</summary>
    public int HoldMs { get; set; }

    /// <summary>Power: on. Door: open.</summary>
    public bool IsOn { get; set; }

    /// <summary>Reads a line.</summary>
    /// <param name="words">The line's words.</param>
    /// <returns>Ok; else why not, and the properties mean nothing.</returns>
    public ProtocolError Read(string[] words)
    {
        int expected;
        switch (words.Length == 0 ? "" : words[0])
        {
            case "hello": Kind = RequestKind.Hello; expected = 1; break;
            case "press": Kind = RequestKind.Press; expected = 3; break;
            case "release": Kind = RequestKind.Release; expected = 2; break;
            case "power": Kind = RequestKind.Power; expected = 2; break;
            case "door": Kind = RequestKind.Door; expected = 2; break;
            default: return ProtocolError.UnknownWord;
        }

        return words.Length < expected ? ProtocolError.MissingWord
            : words.Length > expected ? ProtocolError.ExtraWord
            : ReadArguments(words);
    }

    /// <summary>The line, without its end.</summary>
    public string ToLine()
    {
        switch (Kind)
        {
            case RequestKind.Press: return "press " + Key.ToString() + " " + HoldMs.ToString();
            case RequestKind.Release: return "release " + Key.ToString();
            case RequestKind.Power: return IsOn ? "power on" : "power off";
            case RequestKind.Door: return IsOn ? "door open" : "door closed";
            default: return "hello";
        }
    }

    private ProtocolError ReadArguments(string[] words)
    {
        bool isOn = false;
        if (Kind == RequestKind.Power || Kind == RequestKind.Door)
        {
            bool isKnown = Kind == RequestKind.Power
                ? ProtocolWords.TryReadState(words[1], "on", "off", out isOn)
                : ProtocolWords.TryReadState(words[1], "open", "closed", out isOn);
            IsOn = isOn;
            return isKnown ? ProtocolError.Ok : ProtocolError.BadState;
        }

        if (Kind == RequestKind.Hello)
        {
            return ProtocolError.Ok;
        }

        if (words[1].Length != 1 || ProtocolLimits.Keys.IndexOf(words[1]) < 0)
        {
            return ProtocolError.UnknownKey;
        }

        Key = words[1].ToCharArray()[0];
        return Kind == RequestKind.Release ? ProtocolError.Ok : ReadHold(words[2]);
    }

    private ProtocolError ReadHold(string word)
    {
        if (!ProtocolWords.TryReadMs(word, out long ms) || ms < 1 || ms > ProtocolLimits.HoldMaxMs)
        {
            return ProtocolError.BadTime;
        }

        HoldMs = (int)ms;
        return ProtocolError.Ok;
    }
}
