using System;
using Keyway.Firmware;

namespace Keyway.Boards.Esp32;

/// <summary>The boot record in the controller's own flash. Nothing here throws: without a record
/// the lock works, and says that it does not know why it has started.</summary>
public sealed class BootFile
{
    private const string FilePath = "I:\\keyway-boot.bin";
    private readonly object _gate = new object();
    private bool _isOver;

    /// <summary>Reads the record and notes that a run has begun.</summary>
    public BootFile()
    {
        byte[] stored = null;
        try
        {
            stored = OwnFile.Read(FilePath);
        }
        catch (Exception e)
        {
            SerialLog.Say("keyway: boot record: ", e);
        }

        Record = new BootRecord(stored);
        Note(BootEnd.Short);
    }

    /// <summary>What the last runs say.</summary>
    public BootRecord Record { get; }

    /// <summary>Stores how the run ends if nothing else is noted. Once an end is noted nothing else
    /// is: the supervisor still runs while the board restarts.</summary>
    public void Note(BootEnd end)
    {
        try
        {
            lock (_gate)
            {
                if (_isOver)
                {
                    return;
                }

                _isOver = end != BootEnd.Short && end != BootEnd.Lasted;
                OwnFile.Write(FilePath, Record.Note(end, Environment.TickCount64));
            }
        }
        catch (Exception e)
        {
            SerialLog.Say("keyway: boot record: ", e);
        }
    }
}
