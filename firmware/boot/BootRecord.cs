// What a board keeps of its last runs, so that a lock that crashes again and again leaves the
// network alone. The board stores the bytes; it asks once at start and notes each end.
//
//   0  version   1  end   2  crashes, n   3  0   4  seconds of each, n x 2   10  0   12  CRC-32

using System;
using System.IO.Hashing;

namespace Keyway.Firmware;

/// <summary>The record of the last runs, and what follows from it for this one.</summary>
/// <remarks>
/// The runtime does not say why it was reset. So a run whose end nobody noted, the work of a panic
/// or of the external watchdog, counts as a crash too while it was short: as a share of the window
/// long, which it cannot have exceeded. Whoever switches the power three times in a row gets the
/// keypad alone for a while.
/// </remarks>
public sealed class BootRecord
{
    /// <summary>Bytes of a record.</summary>
    public const int SizeBytes = 16;

    private const byte Version = 1;
    private const int EndAt = 1;
    private const int CrashesAt = 2;
    private const int SecondsAt = 4;
    private const int ChecksumAt = 12;
    private readonly int[] _seconds = new int[Limits.BootLoopCrashes];
    private int _crashes;

    /// <summary>Judges what the last run left.</summary>
    /// <param name="stored">What was stored last; null or anything else: nothing is known.</param>
    public BootRecord(byte[] stored)
    {
        Reason = BootReasons.Unknown;
        if (!IsSound(stored))
        {
            return;
        }

        for (int i = 0; i < stored[CrashesAt]; i++)
        {
            Add(stored[SecondsAt + 2 * i] | stored[SecondsAt + 2 * i + 1] << 8);
        }

        var end = (BootEnd)stored[EndAt];
        if (end == BootEnd.Short)
        {
            Add(Limits.BootShortSeconds);
        }
        else if (end == BootEnd.Lasted || end == BootEnd.Planned)
        {
            _crashes = 0;
        }

        IsKeypadOnly = IsLoop();
        Reason = IsKeypadOnly ? BootReasons.BootLoop : BootReasons.Of(end);
    }

    /// <summary>Why the lock has started; of <see cref="BootReasons"/>.</summary>
    public string Reason { get; }

    /// <summary>True when the network must rest for <see cref="Limits.KeypadOnlySeconds"/>.
    /// </summary>
    public bool IsKeypadOnly { get; }

    /// <summary>What to store now: at the start with Short, after
    /// <see cref="Limits.BootShortSeconds"/> with Lasted, at an end with what it was.</summary>
    /// <param name="end">How the run ends if nothing else is stored.</param>
    /// <param name="uptimeMs">How long it has lasted; looked at for a crash and a hang.</param>
    /// <returns>A new array of <see cref="SizeBytes"/>.</returns>
    public byte[] Note(BootEnd end, long uptimeMs)
    {
        if (end == BootEnd.Crash || end == BootEnd.Hang)
        {
            long seconds = uptimeMs / 1000;
            Add(seconds > Limits.BootLoopSeconds ? Limits.BootLoopSeconds + 1 : (int)seconds);
        }

        var bytes = new byte[SizeBytes];
        bytes[0] = Version;
        bytes[EndAt] = (byte)end;
        bytes[CrashesAt] = (byte)_crashes;
        for (int i = 0; i < _crashes; i++)
        {
            bytes[SecondsAt + 2 * i] = (byte)_seconds[i];
            bytes[SecondsAt + 2 * i + 1] = (byte)(_seconds[i] >> 8);
        }

        uint checksum = ChecksumOf(bytes);
        for (int i = 0; i < SizeBytes - ChecksumAt; i++)
        {
            bytes[ChecksumAt + i] = (byte)(checksum >> (8 * i));
        }

        return bytes;
    }

    // The oldest goes when there is no more room.
    private void Add(int seconds)
    {
        if (_crashes == Limits.BootLoopCrashes)
        {
            Array.Copy(_seconds, 1, _seconds, 0, _crashes - 1);
            _crashes--;
        }

        _seconds[_crashes++] = seconds;
    }

    private bool IsLoop()
    {
        int sum = 0;
        for (int i = 0; i < _crashes; i++)
        {
            sum += _seconds[i];
        }

        return _crashes == Limits.BootLoopCrashes && sum <= Limits.BootLoopSeconds;
    }

    private static bool IsSound(byte[] stored)
    {
        if (stored == null || stored.Length != SizeBytes || stored[0] != Version
            || stored[EndAt] > (byte)BootEnd.Planned
            || stored[CrashesAt] > Limits.BootLoopCrashes)
        {
            return false;
        }

        uint checksum = 0;
        for (int i = SizeBytes - 1; i >= ChecksumAt; i--)
        {
            checksum = checksum << 8 | stored[i];
        }

        return checksum == ChecksumOf(stored);
    }

    private static uint ChecksumOf(byte[] bytes)
    {
        var covered = new byte[ChecksumAt];
        Array.Copy(bytes, 0, covered, 0, ChecksumAt);
        return Crc32.HashToUInt32(covered);
    }
}
