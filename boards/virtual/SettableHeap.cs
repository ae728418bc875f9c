using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>A heap as full as a test says.</summary>
public sealed class SettableHeap : IHeap
{
    /// <summary>What <see cref="FreeBytes"/> says; as made, much.</summary>
    public int Bytes { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    public int FreeBytes() => Bytes;
}
