using System;
using System.IO;
using Keyway.Firmware;

namespace Keyway.Boards.Esp32;

/// <summary>The boot record in the controller's own flash. Nothing here throws: without a record
/// the lock works, and says that it does not know why it has started.</summary>
public sealed class BootFile
{
    private const string FilePath = "I:\\keyway-boot.bin";
    private readonly object _gate = new object();

    /// <summary>Reads the record and notes that a run has begun.</summary>
    public BootFile()
    {
        byte[] stored = null;
        try
        {
            stored = File.Exists(FilePath) ? File.ReadAllBytes(FilePath) : null;
        }
        catch (Exception e)
        {
            Console.WriteLine("keyway: boot record: " + e.GetType().FullName);
        }

        Record = new BootRecord(stored);
        Note(BootEnd.Short);
    }

    /// <summary>What the last runs say.</summary>
    public BootRecord Record { get; }

    /// <summary>Stores how the run ends if nothing else is noted.</summary>
    public void Note(BootEnd end)
    {
        try
        {
            lock (_gate)
            {
                File.WriteAllBytes(FilePath, Record.Note(end, Environment.TickCount64));
            }
        }
        catch (Exception e)
        {
            Console.WriteLine("keyway: boot record: " + e.GetType().FullName);
        }
    }
}
