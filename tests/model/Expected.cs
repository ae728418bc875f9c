namespace Keyway.Tests.Model;

/// <summary>What the model expects of a command's answer.</summary>
public sealed class Expected
{
    /// <summary>No answer: there is no id, or it is retained.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The answer to an attempt that has one, byte for byte.</summary>
    public string? Again { get; init; }

    /// <summary>One of these error types; empty: success.</summary>
    public SortedSet<string> Errors { get; } = new(StringComparer.Ordinal);

    /// <summary>Success is right as well.</summary>
    public bool MaySucceed { get; set; }

    /// <summary>Whatever comes of it is stored with the attempt.</summary>
    public bool IsStored { get; set; } = true;

    /// <summary>The code that has the digits; the message names it.</summary>
    public string? Other { get; set; }

    /// <summary>After success: the code as it is to be shown, digits and id perhaps unknown.
    /// </summary>
    public ModelCode? Code { get; set; }

    /// <summary>The status of the code when the command is carried out; null: it may be one or the
    /// other.</summary>
    public string? Status { get; set; }

    /// <summary>Nothing changes: digits that follow from a key, which only a code's own frames
    /// hold, are not told again.</summary>
    public bool IsUnchanged { get; set; }

    /// <summary>There is one more reason for an error.</summary>
    public void Fail(string type)
    {
        Errors.Add(type);
        MaySucceed &= type == "access_code_id_deleted";
    }

    /// <summary>What success changes; gets the code with what the answer says of it.</summary>
    public Action<ModelCode>? Apply { get; set; }
}
