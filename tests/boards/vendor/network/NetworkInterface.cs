using Keyway.Tests.Boards;

namespace System.Net.NetworkInformation;

/// <summary>The station's address.</summary>
public sealed class NetworkInterface
{
    public NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Wireless80211;

    public string IPv4Address => Controller.Current.Radio.HasAddress ? "192.0.2.7" : "0.0.0.0";

    public static NetworkInterface[] GetAllNetworkInterfaces() => [new NetworkInterface()];
}

/// <summary>What an interface is; not all of the vendor's.</summary>
public enum NetworkInterfaceType
{
    /// <summary>Wi-Fi.</summary>
    Wireless80211 = 71,
}
