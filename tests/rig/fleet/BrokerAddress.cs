namespace Keyway.Tests.Rig;

/// <summary>Where a broker listens.</summary>
internal sealed record BrokerAddress(string Host, int Port)
{
    private const int DefaultPort = 1883;

    /// <summary>Reads mqtt://host[:port].</summary>
    /// <returns>Null when it is anything else.</returns>
    public static BrokerAddress? Read(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme == "mqtt"
            && uri.Host != "" && uri.UserInfo == ""
            ? new BrokerAddress(uri.DnsSafeHost, uri.Port < 0 ? DefaultPort : uri.Port)
            : null;

    /// <summary>The client id of a lock.</summary>
    public static string ClientId(string deviceId) => $"keyway-{deviceId}";

    /// <inheritdoc/>
    public override string ToString() => $"mqtt://{Host}:{Port}";
}
