using Keyway.Tests.Boards;

namespace System.Net;

/// <summary>The runtime's resolver: every name is one address.</summary>
public static class Dns
{
    public static IPHostEntry GetHostEntry(string name)
    {
        Controller.Current.Wire.ThrowAt("name");
        return new IPHostEntry();
    }
}

/// <summary>What it finds.</summary>
public sealed class IPHostEntry
{
    public IPAddress[] AddressList { get; } = [IPAddress.Loopback];
}
