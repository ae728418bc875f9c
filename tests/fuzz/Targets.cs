namespace Keyway.Tests.Fuzz;

/// <summary>The readers that are fuzzed, by name.</summary>
public static class Targets
{
    /// <summary>Each name, and how many of a hundred inputs of a long run it gets.</summary>
    public static IReadOnlyList<(string Name, int Share)> All { get; } =
    [
        ("json", 24), ("iso", 26), ("command", 22), ("frame", 12), ("keys", 6), ("hash", 2),
        ("offline", 4), ("packet", 4),
    ];

    /// <summary>Makes a target.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ITarget Make(string name) => name switch
    {
        "json" => new JsonTarget(),
        "iso" => new IsoTarget(),
        "command" => new CommandTarget(),
        "frame" => new FrameTarget(),
        "keys" => new KeyTarget(),
        "hash" => new HashTarget(),
        "offline" => new OfflineTarget(),
        "packet" => new PacketTarget(),
        _ => throw new ArgumentException($"no target {name}"),
    };
}
