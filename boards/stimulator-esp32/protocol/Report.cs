namespace Keyway.Boards.StimulatorProtocol;

/// <summary>One line from the stimulator to the host. The same class reads and writes it.</summary>
/// <remarks>
/// <code>
/// KEYWAY-STIM 1 at MS      ok REQUEST at MS      released KEY at MS
/// strike on | off at MS    error NAME
/// </code>
/// MS is the stimulator's clock: ms since some moment before its start.
/// </remarks>
public sealed class Report
{
    /// <summary>What is told.</summary>
    public ReportKind Kind { get; set; }

    /// <summary>When, by the stimulator's clock, in ms; 0 with an error.</summary>
    public long AtMs { get; set; }

    /// <summary>Greeting: the version of the protocol that is spoken.</summary>
    public int Version { get; set; } = ProtocolLimits.Version;

    /// <summary>Done: the request.</summary>
    public Request Request { get; set; } = new Request();

    /// <summary>Released: the key.</summary>
    public char Key { get; set; }

    /// <summary>Strike: energized.</summary>
    public bool IsOn { get; set; }

    /// <summary>Error: which.</summary>
    public ProtocolError Error { get; set; }

    /// <summary>Reads a line.</summary>
    /// <param name="words">The line's words.</param>
    /// <returns>Ok; else why not, and the properties mean nothing.</returns>
    public ProtocolError Read(string[] words)
    {
        AtMs = 0;
        if (words.Length == 2 && words[0] == "error")
        {
            Kind = ReportKind.Error;
            bool isKnown = ProtocolWords.TryFindError(words[1], out ProtocolError error);
            Error = error;
            return isKnown ? ProtocolError.Ok : ProtocolError.UnknownWord;
        }

        int count = words.Length - 2;
        if (count < 1 || words[count] != ProtocolWords.At)
        {
            return ProtocolError.MissingWord;
        }

        if (!ProtocolWords.TryReadMs(words[count + 1], out long atMs))
        {
            return ProtocolError.BadTime;
        }

        AtMs = atMs;
        return ReadTimed(words, count);
    }

    /// <summary>The line, without its end.</summary>
    public string ToLine()
    {
        if (Kind == ReportKind.Error)
        {
            return "error " + ProtocolWords.NameOf(Error);
        }

        string what;
        switch (Kind)
        {
            case ReportKind.Done: what = "ok " + Request.ToLine(); break;
            case ReportKind.Released: what = "released " + Key.ToString(); break;
            case ReportKind.Strike: what = IsOn ? "strike on" : "strike off"; break;
            default: what = ProtocolWords.Greeting + " " + Version.ToString(); break;
        }

        return what + " " + ProtocolWords.At + " " + AtMs.ToString();
    }

    // The words before "at"; count of them is at least 1.
    private ProtocolError ReadTimed(string[] words, int count)
    {
        if (words[0] == "ok")
        {
            Kind = ReportKind.Done;
            string[] request = new string[count - 1];
            System.Array.Copy(words, 1, request, 0, request.Length);
            return Request.Read(request);
        }

        if (count != 2)
        {
            return count < 2 ? ProtocolError.MissingWord : ProtocolError.ExtraWord;
        }

        switch (words[0])
        {
            case ProtocolWords.Greeting:
                Kind = ReportKind.Greeting;
                bool isNumber = ProtocolWords.TryReadMs(words[1], out long version);
                Version = (int)version;
                return isNumber && version == Version ? ProtocolError.Ok : ProtocolError.BadState;
            case "released":
                Kind = ReportKind.Released;
                if (words[1].Length != 1 || ProtocolLimits.Keys.IndexOf(words[1]) < 0)
                {
                    return ProtocolError.UnknownKey;
                }

                Key = words[1].ToCharArray()[0];
                return ProtocolError.Ok;
            case "strike":
                Kind = ReportKind.Strike;
                bool isKnown = ProtocolWords.TryReadState(words[1], "on", "off", out bool isOn);
                IsOn = isOn;
                return isKnown ? ProtocolError.Ok : ProtocolError.BadState;
            default:
                return ProtocolError.UnknownWord;
        }
    }
}
