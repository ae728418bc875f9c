using System;
using System.IO;

namespace Keyway.Boards.StimulatorEsp32;

/// <summary>The rig's wiring in the controller's own flash; without a file the built-in one.
/// </summary>
public static class WiringFile
{
    private const string FilePath = "I:\\stimulator.json";

    /// <summary>Reads it, and says on the serial port what is wrong. Does not throw.</summary>
    /// <returns>What it says, or the built-in wiring.</returns>
    public static Wiring Read()
    {
        string problem;
        try
        {
            if (!File.Exists(FilePath))
            {
                return new Wiring();
            }

            WiringReader reader = new WiringReader();
            Wiring wiring = reader.Read(File.ReadAllBytes(FilePath));
            problem = reader.Problem;
            if (problem == null)
            {
                return wiring;
            }
        }
        catch (Exception e)
        {
            problem = "cannot be read: " + e.GetType().FullName;
        }

        Console.WriteLine("keyway stimulator: stimulator.json: " + problem
            + "; the built-in wiring stays");
        return new Wiring();
    }
}
