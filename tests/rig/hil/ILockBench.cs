namespace Keyway.Tests.Rig;

/// <summary>A lock, and what is needed to act on it and to watch it.</summary>
/// <remarks>
/// Two of them: <see cref="VirtualBench"/> simulates the lock in a time of its own;
/// <see cref="WiredBench"/> reaches a real one through its broker and the stimulator.
/// </remarks>
internal interface ILockBench : IAsyncDisposable
{
    /// <summary>What it is, for the results.</summary>
    string Name { get; }

    /// <summary>The lock's id.</summary>
    string DeviceId { get; }

    /// <summary>The bench's time.</summary>
    long Milliseconds { get; }

    /// <summary>What the lock's clock should say.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>How many sightings there are.</summary>
    int SeenCount { get; }

    /// <summary>What was seen; the oldest has index 0.</summary>
    Sighting Seen(int index);

    /// <summary>Lets time pass, and sees what happens.</summary>
    Task PassAsync(long ms, CancellationToken cancel);

    /// <summary>Moves the lock's time of day forward. Where that cannot be done, waits.</summary>
    Task StepClockAsync(int seconds, CancellationToken cancel);

    /// <summary>Publishes a command.</summary>
    /// <param name="topic">Behind the lock's prefix.</param>
    /// <param name="payload">JSON.</param>
    Task PublishAsync(string topic, byte[] payload);

    /// <summary>Presses a key, and returns when it is up again.</summary>
    /// <returns>When it went down.</returns>
    Task<long> PressAsync(char key, int holdMs, CancellationToken cancel);

    /// <summary>Opens or shuts the door.</summary>
    Task SetDoorAsync(bool isOpen, CancellationToken cancel);

    /// <summary>Cuts the lock's power, or gives it back.</summary>
    /// <returns>When.</returns>
    Task<long> SetPowerAsync(bool isOn, CancellationToken cancel);
}
