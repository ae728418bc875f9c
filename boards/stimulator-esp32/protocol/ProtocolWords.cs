namespace Keyway.Boards.StimulatorProtocol;

/// <summary>The words of the line protocol.</summary>
public static class ProtocolWords
{
    /// <summary>The first word of the greeting; its version follows.</summary>
    public const string Greeting = "KEYWAY-STIM";

    /// <summary>Stands before a time of the stimulator's clock.</summary>
    public const string At = "at";

    /// <summary>The name of an error on the line.</summary>
    /// <param name="error">Which.</param>
    /// <returns>One word.</returns>
    public static string NameOf(ProtocolError error)
    {
        switch (error)
        {
            case ProtocolError.Ok: return "ok";
            case ProtocolError.UnknownWord: return "unknown_word";
            case ProtocolError.MissingWord: return "missing_word";
            case ProtocolError.ExtraWord: return "extra_word";
            case ProtocolError.UnknownKey: return "unknown_key";
            case ProtocolError.BadTime: return "bad_time";
            case ProtocolError.BadState: return "bad_state";
            case ProtocolError.KeyIsDown: return "key_is_down";
            case ProtocolError.LineTooLong: return "line_too_long";
            default: return "not_text";
        }
    }

    /// <summary>The error of a name.</summary>
    /// <param name="name">As <see cref="NameOf"/> writes it.</param>
    /// <param name="error">Which; Ok when it is none.</param>
    /// <returns>False: no error is called so.</returns>
    public static bool TryFindError(string name, out ProtocolError error)
    {
        for (int i = (int)ProtocolError.UnknownWord; i <= (int)ProtocolError.NotText; i++)
        {
            error = (ProtocolError)i;
            if (NameOf(error) == name)
            {
                return true;
            }
        }

        error = ProtocolError.Ok;
        return false;
    }

    /// <summary>Reads one of two words.</summary>
    /// <param name="word">As it stood on the line.</param>
    /// <param name="yes">Means true.</param>
    /// <param name="no">Means false.</param>
    /// <param name="value">Which it was; false when it was neither.</param>
    /// <returns>False: it was neither.</returns>
    public static bool TryReadState(string word, string yes, string no, out bool value)
    {
        value = word == yes;
        return value || word == no;
    }

    /// <summary>Reads a whole number of ms: digits alone, no sign, no leading zero.</summary>
    /// <param name="word">As it stood on the line.</param>
    /// <param name="ms">The number; 0 when it is none.</param>
    /// <returns>False: it is no such number, or needs more than 15 digits.</returns>
    public static bool TryReadMs(string word, out long ms)
    {
        ms = 0;
        char[] digits = word.ToCharArray();
        if (digits.Length == 0 || digits.Length > 15 || (digits[0] == '0' && digits.Length > 1))
        {
            return false;
        }

        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] < '0' || digits[i] > '9')
            {
                ms = 0;
                return false;
            }

            ms = ms * 10 + (digits[i] - '0');
        }

        return true;
    }
}
