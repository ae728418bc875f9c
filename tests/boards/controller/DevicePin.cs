using System;

namespace Keyway.Tests.Boards;

/// <summary>A pad: what the program drives, and what the wire outside holds.</summary>
internal sealed class DevicePin
{
    /// <summary>Driven high by the program; false as an input too.</summary>
    public bool IsHigh { get; private set; }

    public bool IsOpen { get; set; }

    /// <summary>Edges that the program made since the test began.</summary>
    public int Edges { get; private set; }

    /// <summary>What a read sees; null: high, as a pull-up makes it.</summary>
    public Func<bool> Wire { get; set; }

    /// <summary>Is told what the program drives; may throw.</summary>
    public Action<bool> Driven { get; set; }

    /// <summary>Nobody drives it.</summary>
    public void Reset()
    {
        IsHigh = false;
        IsOpen = false;
    }

    public void Drive(bool high)
    {
        Driven?.Invoke(high);
        Edges += high != IsHigh ? 1 : 0;
        IsHigh = high;
    }

    public bool Read() => Wire == null || Wire();
}
