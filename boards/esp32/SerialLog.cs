using System;

namespace Keyway.Boards.Esp32;

/// <summary>Lines on the serial port, for whoever watches the board. Called from every thread.
/// </summary>
public static class SerialLog
{
    /// <summary>Says a line. Does not throw: where there is no memory for it, it is not said.
    /// </summary>
    public static void Say(string what, string more)
    {
        try
        {
            Console.WriteLine(what + more);
        }
        catch (Exception)
        {
            // An exception that cannot be said must not end the thread that caught it.
        }
    }

    /// <summary>Says an exception by its type: what a vendor puts into a message is unknown. Does
    /// not throw.</summary>
    public static void Say(string what, Exception e)
    {
        try
        {
            Say(what, e.GetType().FullName);
        }
        catch (Exception)
        {
            // As above.
        }
    }
}
