using Keyway.Tests.Boards;

namespace nanoFramework.Networking;

/// <summary>Sets the clock once it is started.</summary>
public static class Sntp
{
    public static bool IsStarted => Controller.Current.Radio.IsTimeStarted;

    public static string Server1
    {
        get => Controller.Current.Radio.TimeServer;
        set => Controller.Current.Radio.TimeServer = value;
    }

    public static void Start() => Controller.Current.Radio.StartTime();
}
