using System;

namespace Keyway.Tests.Boards;

/// <summary>Wi-Fi, DHCP and SNTP around a <see cref="Controller"/>.</summary>
internal sealed class DeviceRadio
{
    /// <summary>An access point that takes the pass phrase.</summary>
    public bool IsThere { get; set; } = true;

    /// <summary>The server of the time of day answers.</summary>
    public bool HasTime { get; set; } = true;

    /// <summary>May throw in the place of a connect.</summary>
    public Action OnConnect { get; set; }

    public bool HasAddress { get; set; }

    public bool IsTimeStarted { get; private set; }

    public string TimeServer { get; set; }

    public int Connects { get; private set; }

    public int Disconnects { get; private set; }

    public void Reset()
    {
        HasAddress = false;
        IsTimeStarted = false;
    }

    public bool Connect()
    {
        Connects++;
        OnConnect?.Invoke();
        HasAddress = IsThere;
        return IsThere;
    }

    public void Disconnect()
    {
        Disconnects++;
        HasAddress = false;
    }

    public void StartTime()
    {
        IsTimeStarted = true;
        if (HasTime)
        {
            Controller.Current.SetUtc(Controller.StartUtc);
        }
    }
}
