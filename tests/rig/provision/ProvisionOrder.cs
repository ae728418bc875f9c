namespace Keyway.Tests.Rig;

/// <summary>What <see cref="Provisioning"/> is to make.</summary>
/// <param name="Device">The lock's name, for people; its folder's too.</param>
/// <param name="Site">The site's folder.</param>
/// <param name="WifiSsid">The network's name.</param>
/// <param name="WifiPassword">Its pass phrase; empty for an open network.</param>
/// <param name="BrokerHost">The broker's name or address, as the lock reaches it.</param>
/// <param name="BrokerPort">Its port.</param>
/// <param name="SerialPort">Where the board is connected.</param>
/// <param name="HasMasterCode">Makes a master code, and with it programming mode.</param>
/// <param name="IsForHomeAssistant">The lock makes itself known to Home Assistant.</param>
/// <param name="Capacity">Slots; 0: the firmware's own number.</param>
internal sealed record ProvisionOrder(string Device, string Site, string WifiSsid,
    string WifiPassword, string BrokerHost, int BrokerPort, string SerialPort,
    bool HasMasterCode = false, bool IsForHomeAssistant = false, int Capacity = 0);
