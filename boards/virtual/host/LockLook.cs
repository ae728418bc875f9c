namespace Keyway.Boards.Virtual.Host;

/// <summary>What can be seen of a virtual lock at one moment, without digits.</summary>
public sealed record LockLook
{
    /// <summary>False while its power is cut.</summary>
    public required bool IsPowered { get; init; }

    /// <summary>False while its network is taken away.</summary>
    public required bool HasNetwork { get; init; }

    /// <summary>True while it is connected to the broker.</summary>
    public required bool IsOnline { get; init; }

    /// <summary>What holds the door.</summary>
    public required PinLook Strike { get; init; }

    /// <summary>The green LED.</summary>
    public required PinLook Granted { get; init; }

    /// <summary>The red LED.</summary>
    public required PinLook Denied { get; init; }

    /// <summary>The buzzer.</summary>
    public required PinLook Buzzer { get; init; }

    /// <summary>The door contact.</summary>
    public required bool IsDoorOpen { get; init; }

    /// <summary>Its time of day in unix seconds; null when it is not known.</summary>
    public required long? Utc { get; init; }

    /// <summary>By how much that is off the system's.</summary>
    public required long ClockOffsetSeconds { get; init; }

    /// <summary>Access codes that it holds.</summary>
    public required int Codes { get; init; }

    /// <summary>Access codes that it can hold.</summary>
    public required int Capacity { get; init; }

    /// <summary>Programs and erases that the flash has been asked for.</summary>
    public required int FlashSteps { get; init; }
}
