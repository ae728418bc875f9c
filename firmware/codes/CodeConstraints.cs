namespace Keyway.Firmware;

/// <summary>What a lock asks of the digits and of what goes with them.</summary>
public sealed class CodeConstraints
{
    /// <summary>The rules, the bits of <see cref="CodeConstraint"/>.</summary>
    public CodeConstraint Rules { get; set; }

    /// <summary>Stand-in.</summary>
    public int ShortestLength => 4;

    /// <summary>Stand-in.</summary>
    public int NameMin => 0;

    /// <summary>Stand-in.</summary>
    public int NameMax => 0;

    /// <summary>Stand-in.</summary>
    public bool Supports(int length) => length >= 4 && length <= 12;

    /// <summary>Stand-in.</summary>
    public Refusal Judge(byte[] digits, int count) => Refusal.None;

    /// <summary>Stand-in.</summary>
    public static string NameOf(CodeConstraint rule) => "x";
}
