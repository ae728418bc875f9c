using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Keyway.Firmware;
using nanoFramework.Networking;

namespace Keyway.Boards.Esp32;

/// <summary>
/// Keeps the Wi-Fi station connected and starts SNTP, on a thread of its own. M2MqttSession asks
/// whether it is up.
/// </summary>
/// <remarks>
/// The adapter is used directly: WifiNetworkHelper writes the credentials into the configuration
/// flash at each connect. Whether the runtime reconnects by itself is not relied on. After a loss
/// the address may stay for a while; the session's keep-alive notices sooner.
/// </remarks>
public sealed class Network
{
    private const int WatchMs = 2_000;
    private const int RetryMs = 10_000;
    private const int AddressWaitMs = 20_000;
    private const int AddressPollMs = 500;

    private readonly LockSetup _setup;
    private readonly int _restMs;
    private WifiAdapter _adapter;

    /// <summary>Takes the credentials; nothing begins.</summary>
    /// <param name="setup">Has a network.</param>
    /// <param name="restMs">How long nothing is tried, after a boot loop.</param>
    public Network(LockSetup setup, int restMs)
    {
        _setup = setup;
        _restMs = restMs;
    }

    /// <summary>True while the station has an address; looked at every two seconds.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Begins to connect, for as long as the board runs.</summary>
    public void Start()
    {
        new Thread(Run).Start();
    }

    private void Run()
    {
        Thread.Sleep(_restMs);
        while (true)
        {
            try
            {
                IsUp = HasAddress() || Connect();
                if (IsUp && !Sntp.IsStarted)
                {
                    StartClock();
                }
            }
            catch (Exception e)
            {
                IsUp = false;
                Console.WriteLine("network: " + e.GetType().FullName);
            }

            Thread.Sleep(IsUp ? WatchMs : RetryMs);
        }
    }

    // Until it has set the clock no TLS connect begins: certificates have dates.
    private void StartClock()
    {
        if (_setup.NtpServer != null)
        {
            Sntp.Server1 = _setup.NtpServer;
        }

        Sntp.Start();
    }

    // Both waits let the other threads run.
    private bool Connect()
    {
        IsUp = false;
        _adapter ??= WifiAdapter.FindAllAdapters()[0];
        WifiConnectionResult result = _adapter.Connect(
                _setup.WifiSsid, WifiReconnectionKind.Automatic, _setup.WifiPassword);
        if (result.ConnectionStatus != WifiConnectionStatus.Success)
        {
            Console.WriteLine("network: not connected, WifiConnectionStatus "
                + (int)result.ConnectionStatus);
            return false;
        }

        for (int waitedMs = 0; waitedMs < AddressWaitMs; waitedMs += AddressPollMs)
        {
            if (HasAddress())
            {
                return true;
            }

            Thread.Sleep(AddressPollMs);
        }

        return false;
    }

    private static bool HasAddress()
    {
        NetworkInterface[] interfaces = NetworkInterface.GetAllNetworkInterfaces();
        for (int i = 0; i < interfaces.Length; i++)
        {
            if (interfaces[i].NetworkInterfaceType == NetworkInterfaceType.Wireless80211
                && !interfaces[i].IPv4Address.StartsWith("0"))
            {
                return true;
            }
        }

        return false;
    }
}
