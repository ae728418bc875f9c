namespace Keyway.Hal;

/// <summary>Where an <see cref="IMqttSession"/> stands.</summary>
public enum MqttSessionState
{
    /// <summary>Not connected, and nothing under way.</summary>
    Closed = 0,

    /// <summary>A connect is under way.</summary>
    Connecting = 1,

    /// <summary>The broker has accepted the connection.</summary>
    Connected = 2,
}
