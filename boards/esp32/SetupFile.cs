using System;
using Keyway.Firmware;

namespace Keyway.Boards.Esp32;

/// <summary>The setup file in the controller's own flash.</summary>
public static class SetupFile
{
    private const string FilePath = "I:\\keyway.json";

    /// <summary>Reads and judges it, and says on the console what is wrong. Does not throw.
    /// </summary>
    /// <returns>What it says; look at its Problem first.</returns>
    public static LockSetup Read()
    {
        byte[] bytes = null;
        try
        {
            bytes = OwnFile.Read(FilePath);
        }
        catch (Exception e)
        {
            SerialLog.Say("keyway.json: cannot be read: ", e);
        }

        LockSetup setup = SetupReader.Read(bytes);
        if (bytes != null)
        {
            Array.Clear(bytes, 0, bytes.Length);
        }

        if (setup.Unknown != null)
        {
            Say("ignored, not known: " + setup.Unknown);
        }

        if (setup.NetworkProblem != null)
        {
            Say("no network: " + setup.NetworkProblem);
        }
        else if (!setup.HasTls)
        {
            Say("ca_certificate is missing: the connection is NOT encrypted");
        }

        return setup;
    }

    private static void Say(string what) => SerialLog.Say("keyway.json: ", what);
}
