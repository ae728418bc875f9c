namespace Keyway.Tests.Rig;

/// <summary>What <see cref="Fleet"/> is to run.</summary>
/// <param name="Locks">How many.</param>
/// <param name="Commands">How many in all.</param>
internal sealed record FleetPlan(int Locks, int Commands)
{
    /// <summary>Commands under way at most.</summary>
    public int InFlight { get; init; } = 128;

    /// <summary>A command that is not answered within this is lost.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the locks connect; null: a broker of our own.</summary>
    public BrokerAddress? Broker { get; init; }

    /// <summary>Where commands are sent, when it is another one, bridged; null: the same.</summary>
    public BrokerAddress? Sender { get; init; }
}
