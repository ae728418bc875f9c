using Keyway.Boards.Esp32;

namespace Keyway.Boards.Esp32DevKitC;

/// <summary>The image's entry point.</summary>
public static class Program
{
    /// <summary>Runs the lock on this board's wires.</summary>
    public static void Main() =>
        LockProgram.Run(new DirectWiring(Pins.All()), SocketStream.Session);
}
