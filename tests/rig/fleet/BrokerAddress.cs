namespace Keyway.Tests.Rig;

/// <summary>Where a broker listens.</summary>
internal sealed record BrokerAddress(string Host, int Port)
{
    private const int DefaultPort = 1883;

    /// <summary>The address in mqtt://host[:port].</summary>
    public static BrokerAddress From(Uri uri) =>
        new(uri.DnsSafeHost, uri.IsDefaultPort || uri.Port < 0 ? DefaultPort : uri.Port);

    /// <summary>The client id of a lock.</summary>
    public static string ClientId(string deviceId) => $"keyway-{deviceId}";

    /// <inheritdoc/>
    public override string ToString() => $"mqtt://{Host}:{Port}";
}
