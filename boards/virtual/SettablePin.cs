using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>An input whose level a test sets.</summary>
public sealed class SettablePin : IInputPin
{
    /// <summary>The level.</summary>
    public bool IsActive { get; set; }

    /// <inheritdoc/>
    public bool Read() => IsActive;
}
