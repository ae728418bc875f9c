using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>A heap as full as a test says.</summary>
public sealed class SettableHeap : IHeap
{
    /// <summary>What <see cref="FreeBytes"/> says; as made, much.</summary>
    public int Bytes { get; set; } = int.MaxValue;

    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    /// <inheritdoc/>
    public int FreeBytes()
    {
        Asked++;
        return Bytes;
    }
}
