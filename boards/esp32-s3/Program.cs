using Keyway.Boards.Esp32;
using Keyway.Boards.Esp32.M2Mqtt;

namespace Keyway.Boards.Esp32S3;

/// <summary>The image's entry point.</summary>
public static class Program
{
    /// <summary>Runs the lock on this board's wires.</summary>
    public static void Main() =>
        LockProgram.Run(new DirectWiring(Pins.All()), M2MqttSession.Over);
}
