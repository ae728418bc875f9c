using Keyway.Boards.Esp32;

namespace Keyway.Boards.Esp32C3;

/// <summary>The image's entry point.</summary>
public static class Program
{
    /// <summary>Runs the lock on this board's wires.</summary>
    public static void Main() =>
        LockProgram.Run(new ExpanderWiring(), SocketStream.Session);
}
