// Nine digits that no code of the lock has may be an offline code. EntryDecision calls it after the
// lock's own codes; it calls OfflineCheck, and stores what a first use leaves behind.

using System;

namespace Keyway.Firmware;

/// <summary>Finds out whether entered digits are an offline code, and takes its first use.
/// </summary>
/// <remarks>
/// <code>
/// Begin --a few MACs a step--> none -> Unknown
///                              revoked -> Unknown     one-time and used before -> Used
///                              one-time: used up on flash first -> Opens
///                              time-bound: an ordinary slot until its end -> Opens
/// </code>
/// </remarks>
public sealed class OfflineEntry
{
    private readonly OfflineCheck _check;
    private readonly CodeBook _book;
    private readonly CodeRoom _room;
    private readonly EventLog _events;
    private readonly AccessCode _code;
    private readonly byte[] _mac = new byte[Frame.MacBytes];
    private bool _isChecking;

    /// <summary>Wires it.</summary>
    /// <param name="check">Finds the code.</param>
    /// <param name="book">Gets its slot or its tombstone.</param>
    /// <param name="room">Says whether either fits.</param>
    /// <param name="events">Hears of a slot that it got.</param>
    /// <param name="code">To work with, in a call.</param>
    public OfflineEntry(
        OfflineCheck check, CodeBook book, CodeRoom room, EventLog events, AccessCode code)
    {
        _check = check;
        _book = book;
        _room = room;
        _events = events;
        _code = code;
    }

    /// <summary>True from <see cref="Begin"/> until <see cref="Step"/> knows.</summary>
    public bool IsChecking => _isChecking;

    /// <summary>True when the digits are an offline code, and only the storage is waited for.
    /// </summary>
    public bool IsFound => IsChecking && _check.IsFound;

    /// <summary>What <see cref="Step"/> has just found; its id is where a Code frame has it.
    /// </summary>
    public byte[] Found => _code.Bytes;

    /// <summary>Begins to check digits, where they can be an offline code at all.</summary>
    /// <param name="digits">ASCII; the caller's, not needed after the call.</param>
    /// <param name="count">How many.</param>
    public void Begin(byte[] digits, int count)
    {
        _isChecking = _book.Time.IsKnown && count == OfflineCode.Digits;
        if (IsChecking)
        {
            _book.Secret.ComputeDigitsMac(digits, count, _mac, 0);
            _check.Begin(digits, count, _book.Time.Utc);
        }
    }

    /// <summary>One slice of the check; the last stores what the use leaves behind.</summary>
    /// <returns>
    /// What the digits do; NotReady while the check goes on or the storage takes nothing.
    /// </returns>
    public CodeMatch Step()
    {
        if (!_check.IsFound && !_check.Step(out _))
        {
            return CodeMatch.NotReady;
        }

        bool isLater = false;
        CodeMatch match = _check.IsFound ? Use(out isLater) : CodeMatch.Unknown;
        if (!isLater)
        {
            Clear();
        }

        return match;
    }

    /// <summary>Ends a check: its time is over.</summary>
    public void Clear()
    {
        _isChecking = false;
        _check.Clear();
    }

    // Later: there is no room at this moment. What the chip does not keep is not tried again.
    private CodeMatch Use(out bool isLater)
    {
        isLater = false;
        bool isOneTime = _check.IsOneTime;
        _code.Clear();
        Array.Copy(_mac, 0, _code.Bytes, Frame.DigitsMac, Frame.MacBytes);
        OfflineCode.WriteId(isOneTime, _check.StartHour, _check.Index, _code.Bytes,
            Frame.AccessCodeId);
        if (_book.Tombstones.Contains(_code.Bytes, Frame.AccessCodeId))
        {
            return isOneTime ? CodeMatch.Used : CodeMatch.Unknown;
        }

        if (_check.EndsAt <= _book.Time.Latest)
        {
            return CodeMatch.Ended;
        }

        StorageStatus status = isOneTime ? UseUp() : GiveSlot();
        isLater = status == StorageStatus.NotReady;
        return status == StorageStatus.Ok || (!isOneTime && status == StorageStatus.Full)
            ? CodeMatch.Opens : CodeMatch.NotReady;
    }

    private StorageStatus UseUp()
    {
        _code.BecomeTombstone(_check.EndsAt);
        return _room.HasRoomForCode
            ? _book.Tombstones.Append(_code.Bytes, out _) : StorageStatus.Full;
    }

    // A lock without a free slot lets the guest in all the same, for as long as the digits alone
    // are good. One whose chip fails does not: it could not tell a revocation either.
    private StorageStatus GiveSlot()
    {
        _code.StartsAt = _check.StartHour * OfflineCode.HourSeconds;
        _code.EndsAt = _check.EndsAt;
        _code.CreatedAt = _book.Time.Utc;
        _code.Options = CodeOptions.Offline;
        StorageStatus status = _room.HasRoomForCode && _room.FreeSlots > 0
            ? _book.Add(_code, out _) : StorageStatus.Full;
        if (status != StorageStatus.NotReady)
        {
            _events.Changed(status == StorageStatus.Ok ? CodeChange.SetOnDevice
                : CodeChange.FailedToSetOnDevice, _code.Bytes);
        }

        return status;
    }
}
