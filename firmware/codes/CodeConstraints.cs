namespace Keyway.Firmware;

/// <summary>What a lock asks of the digits and of what goes with them.</summary>
public sealed class CodeConstraints
{
    /// <summary>The rules, the bits of <see cref="CodeConstraint"/>.</summary>
    public CodeConstraint Rules { get; set; }
}
