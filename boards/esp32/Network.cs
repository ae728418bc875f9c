using System;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Keyway.Firmware;
using nanoFramework.Networking;

namespace Keyway.Boards.Esp32;

/// <summary>
/// Keeps the Wi-Fi station connected and starts SNTP, on the session's worker: a connect to the
/// broker needs both.
/// </summary>
/// <remarks>
/// The adapter is used directly: WifiNetworkHelper writes the credentials into the configuration
/// flash at each connect. Whether the runtime reconnects by itself is not relied on. After a loss
/// the address may stay for a while; the session's keep-alive notices sooner.
/// </remarks>
public sealed class Network
{
    /// <summary>While there is no connection it is looked at so often, in ms.</summary>
    public const int WatchMs = 2_000;

    private const int RetryMs = 10_000;

    // By then the codes are loaded: mount and a look at the network call deepest, and the stacks of
    // both at once are what a small heap has no room for.
    private const int StartMs = 2_000;
    private const int AddressWaitMs = 20_000;
    private const int AddressPollMs = 500;

    // A stale address looks like a network. After so many connects that failed it is not believed.
    private const int DoubtsMax = 5;

    private readonly string _ssid;
    private readonly string _password;
    private readonly string _ntpServer;
    private long _nextMs;
    private int _doubts;
    private WifiAdapter _adapter;

    /// <summary>Takes the credentials; nothing begins.</summary>
    /// <param name="setup">Has a network.</param>
    /// <param name="restMs">How long nothing is tried from now on, after a boot loop.</param>
    public Network(LockSetup setup, int restMs)
    {
        // Not the whole of it: its certificates are some KB, and no longer needed.
        _ssid = setup.WifiSsid;
        _password = setup.WifiPassword;
        _ntpServer = setup.NtpServer;
        _nextMs = Environment.TickCount64 + StartMs + restMs;
    }

    /// <summary>True when the station had an address at the last look.</summary>
    public bool IsUp { get; private set; }

    /// <summary>A connect to the broker has been tried.</summary>
    public void Tried(bool succeeded) => _doubts = succeeded ? 0 : _doubts + 1;

    /// <summary>Looks, when a look is due, and connects where there is no address; that may last
    /// for most of a minute, and lets the other threads run. Does not throw.</summary>
    public void Watch()
    {
        if (Environment.TickCount64 < _nextMs) return;

        try
        {
            IsUp = !IsDoubted() && HasAddress() || Connect();
            if (IsUp && !Sntp.IsStarted)
            {
                StartClock();
            }
        }
        catch (Exception e)
        {
            IsUp = false;
            SerialLog.Say("network: ", e);
        }

        _nextMs = Environment.TickCount64 + (IsUp ? WatchMs : RetryMs);
    }

    private bool IsDoubted()
    {
        if (_doubts < DoubtsMax)
        {
            return false;
        }

        _doubts = 0;
        IsUp = false;
        _adapter?.Disconnect();
        return true;
    }

    // Until it has set the clock no TLS connect begins: certificates have dates.
    private void StartClock()
    {
        if (_ntpServer != null)
        {
            Sntp.Server1 = _ntpServer;
        }

        Sntp.Start();
    }

    // Both waits let the other threads run.
    private bool Connect()
    {
        IsUp = false;
        _adapter ??= WifiAdapter.FindAllAdapters()[0];
        WifiConnectionResult result =
            _adapter.Connect(_ssid, WifiReconnectionKind.Automatic, _password);
        if (result.ConnectionStatus != WifiConnectionStatus.Success)
        {
            SerialLog.Say("network: not connected, WifiConnectionStatus ",
                (int)result.ConnectionStatus);
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
