namespace Keyway.Tests.Host;

/// <summary>Needs nats-server, which speaks MQTT over JetStream.</summary>
public sealed class RequiresNatsAttribute : RequiresAttribute
{
    public RequiresNatsAttribute()
        : base("nats-server", NatsBroker.IsInstalled)
    {
    }
}
