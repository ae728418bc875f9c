using Keyway.Tests.Boards;

namespace System;

/// <summary>The runtime's clock, and what only its DateTime has.</summary>
public readonly struct DateTime
{
    private readonly long _unixSeconds;

    private DateTime(long unixSeconds) => _unixSeconds = unixSeconds;

    public static DateTime UtcNow => new(Controller.Current.UtcNow);

    public long ToUnixTimeSeconds() => _unixSeconds;
}
