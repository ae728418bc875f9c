using Keyway.Tests.Boards;

namespace System.Device.Wifi;

/// <summary>The station.</summary>
public sealed class WifiAdapter
{
    private const int ConnectMs = 1_500;

    public static WifiAdapter[] FindAllAdapters() => [new WifiAdapter()];

    public WifiConnectionResult Connect(
        string ssid, WifiReconnectionKind reconnection, string password)
    {
        Threading.Thread.Sleep(ConnectMs);
        return new WifiConnectionResult(Controller.Current.Radio.Connect()
            ? WifiConnectionStatus.Success : WifiConnectionStatus.NetworkNotAvailable);
    }

    public void Disconnect() => Controller.Current.Radio.Disconnect();
}

/// <summary>How a connect ended.</summary>
public sealed class WifiConnectionResult
{
    internal WifiConnectionResult(WifiConnectionStatus status) => ConnectionStatus = status;

    public WifiConnectionStatus ConnectionStatus { get; }
}

/// <summary>How a connect ended; not all of the vendor's.</summary>
public enum WifiConnectionStatus
{
    /// <summary>No such network.</summary>
    NetworkNotAvailable = 2,

    /// <summary>Connected.</summary>
    Success = 3,
}

/// <summary>What the driver does after a loss.</summary>
public enum WifiReconnectionKind
{
    /// <summary>Connects again.</summary>
    Automatic,
}
