namespace Keyway.Tests.Faults;

/// <summary>What one run does, and what goes wrong in it: all from its seed.</summary>
internal sealed class FaultPlan
{
    /// <summary>The first fault of so many seeds in a row is every cut in every place.</summary>
    public const int Places = 64;

    private const int PacketsMax = 16;
    private const int MoreFaultsMax = 3;
    private const int OneInBroker = 8;
    private const int OneInPower = 3;
    private const int SoonestMs = 60;
    private const int LatestMs = 900;
    private const int FlashStepsMax = 12;

    public FaultPlan(int seed)
    {
        Seed = seed;
        var random = new Random(seed);
        int place = (int)((uint)seed % Places);
        var faults = new List<Fault>
        {
            new((place & 1) == 0 ? FaultKind.CutBetween : FaultKind.CutInside,
                (place & 2) != 0, place >> 2, random.Next(1, 100)),
        };
        for (int i = random.Next(MoreFaultsMax + 1); i > 0; i--)
        {
            faults.Add(new Fault((FaultKind)random.Next((int)FaultKind.OutOfOrder + 1),
                random.Next(2) == 0, random.Next(PacketsMax), random.Next(1, 100)));
        }

        Connections = [.. faults];
        KillBrokerAtMs = random.Next(OneInBroker) == 0 ? random.Next(SoonestMs, LatestMs) : 0;
        CutPowerAtMs = random.Next(OneInPower) == 0 ? random.Next(SoonestMs, LatestMs) : 0;
        ArmFlashAtMs = random.Next(OneInPower) == 0 ? random.Next(SoonestMs, LatestMs) : 0;
        FlashSteps = random.Next(1, FlashStepsMax);
        Creates = random.Next(2, 6);
        Deletes = random.Next(2) == 0;
        Updates = random.Next(2) == 0;
        Unlocks = random.Next(2) == 0;
    }

    public int Seed { get; }

    /// <summary>The fault of each connection of the lock, in order.</summary>
    public Fault[] Connections { get; }

    /// <summary>0: never; so in all of these.</summary>
    public int KillBrokerAtMs { get; }

    public int CutPowerAtMs { get; }

    /// <summary>When a cut at one of the next writes is armed.</summary>
    public int ArmFlashAtMs { get; }

    /// <summary>At which of them.</summary>
    public int FlashSteps { get; }

    public int Creates { get; }

    public bool Deletes { get; }

    public bool Updates { get; }

    public bool Unlocks { get; }

    /// <summary>True when what the lock sends reaches the broker in its order and stays there, so
    /// that what is retained must be true in the end.</summary>
    public bool KeepsRetained => KillBrokerAtMs == 0 && !Connections.Any(
        fault => fault.Kind == FaultKind.OutOfOrder && !fault.FromBroker);

    /// <inheritdoc/>
    public override string ToString() => $"seed {Seed}: {string.Join(", ", (object[])Connections)}"
        + $", broker killed at {KillBrokerAtMs} ms, power cut at {CutPowerAtMs} ms, in flash at "
        + $"{ArmFlashAtMs} ms + {FlashSteps} writes, {Creates} creates, delete {Deletes}, update "
        + $"{Updates}, unlock {Unlocks}";
}
