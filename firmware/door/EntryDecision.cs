// What entered digits do: the one place that decides. Door calls it at Enter; it calls Lockout,
// DeviceSecret and CodeBook.

using System;

namespace Keyway.Firmware;

/// <summary>Decides about an entry, once.</summary>
/// <remarks>
/// <code>
/// not loaded -> NotReady    locked out -> LockedOut    (nothing is looked at, nothing counts)
/// master code -> Master     book -> Opens, one-time: mark on flash first -> Opens
/// nobody's, or a slot that is not as this lock wrote it -> an offline code? a few MACs a step
/// anything else, but for a storage that is not ready -> a wrong entry
/// </code>
/// </remarks>
public sealed class EntryDecision
{
    private const int None = -1;
    private readonly CodeBook _book;
    private readonly Lockout _lockout;
    private readonly OfflineEntry _offline;
    private readonly AccessCode _found;
    private int _slotToMark = None;
    private int _locationToMark;
    private CodeMatch _match;
    private bool _isDuress;

    /// <summary>Wires it.</summary>
    /// <param name="book">The lock's codes.</param>
    /// <param name="lockout">Counts wrong entries.</param>
    /// <param name="offline">Knows offline codes; null: there are none.</param>
    /// <param name="scratch">The code that was found.</param>
    public EntryDecision(
        CodeBook book, Lockout lockout, OfflineEntry offline, AccessCode scratch)
    {
        _found = scratch;
        _book = book;
        _lockout = lockout;
        _offline = offline;
    }

    /// <summary>What the entry does; may still change to Opens until the feedback is due.</summary>
    public CodeMatch Match => _match;

    /// <summary>The entry was made under duress; it opens.</summary>
    public bool IsDuress => _isDuress;

    /// <summary>Whose digits they were, 16 bytes; zeros: nobody's. Overwritten by the next.
    /// </summary>
    public byte[] FoundId { get; } = new byte[Uuid.SizeBytes];

    /// <summary>True while digits are compared with offline codes; false while one that was found
    /// waits for the storage.</summary>
    public bool IsChecking => IsOpen && !_offline.IsFound;

    /// <summary>Begins to decide. What it finds is in the properties.</summary>
    /// <param name="entry">Complete; the caller forgets it.</param>
    /// <param name="nowMs">The monotonic time.</param>
    public void Begin(CodeEntry entry, long nowMs)
    {
        _isDuress = false;
        _slotToMark = None;
        _offline?.Clear();
        Array.Clear(FoundId, 0, FoundId.Length);
        _match = !_lockout.IsReady ? CodeMatch.NotReady
            : _lockout.IsLocked(nowMs) ? CodeMatch.LockedOut
            : entry.IsTooLong ? CodeMatch.Unknown
            : _book.Secret.IsMaster(entry.Digits, entry.Count) ? CodeMatch.Master
            : LookUp(entry);
        if (_offline != null && !entry.IsTooLong
            && Match is CodeMatch.Unknown or CodeMatch.Damaged)
        {
            _offline.Begin(entry.Digits, entry.Count);
        }

        if (!IsOpen)
        {
            CountWrong(nowMs);
        }
    }

    /// <summary>Until the feedback is due: goes on with an offline code, and tries again what the
    /// storage could not take.</summary>
    public void Step(long nowMs)
    {
        if (IsOpen)
        {
            _match = _offline.Step();
            if (!IsOpen)
            {
                if (Match != CodeMatch.Unknown)
                {
                    Array.Copy(_offline.Found, Frame.AccessCodeId, FoundId, 0, FoundId.Length);
                }

                CountWrong(nowMs);
            }
        }

        if (_slotToMark != None && _book.Slots.LocationOf(_slotToMark) == _locationToMark)
        {
            Mark();
        }
    }

    /// <summary>The feedback is due: what is not known by now is wrong, what could not be stored
    /// by now does not open.</summary>
    public void Finish(long nowMs)
    {
        if (IsOpen)
        {
            _match = _offline.IsFound ? CodeMatch.NotReady : CodeMatch.Unknown;
            _offline.Clear();
            CountWrong(nowMs);
        }
    }

    private bool IsOpen => _offline != null && _offline.IsChecking;

    private void CountWrong(long nowMs)
    {
        if (Match is not (CodeMatch.Opens or CodeMatch.Master or CodeMatch.NotReady
            or CodeMatch.LockedOut))
        {
            _lockout.Add(nowMs);
        }
    }

    private CodeMatch LookUp(CodeEntry entry)
    {
        AccessCode found = _found;
        CodeMatch match = _book.Match(entry.Digits, entry.Count, _book.Time.Now, found);
        if (match is CodeMatch.Unknown or CodeMatch.NotReady or CodeMatch.Damaged)
        {
            return match;
        }

        Array.Copy(found.Bytes, Frame.AccessCodeId, FoundId, 0, Uuid.SizeBytes);
        _isDuress = match == CodeMatch.Opens && found.Has(CodeOptions.Duress);
        if (match != CodeMatch.Opens || !found.Has(CodeOptions.OneTime))
        {
            return match;
        }

        if (_book.IsUsed(found))
        {
            _isDuress = false;
            return CodeMatch.Used;
        }

        _slotToMark = found.Slot;
        _locationToMark = _book.Slots.LocationOf(found.Slot);
        Mark();
        return Match;
    }

    // The mark is on flash before the strike moves: a power cut in between costs the guest the
    // code, never the lock its rule.
    private void Mark()
    {
        StorageStatus status = _book.MarkUsed(_slotToMark, _book.Time.Utc);
        _match = status == StorageStatus.Ok ? CodeMatch.Opens : CodeMatch.NotReady;
        _slotToMark = status == StorageStatus.NotReady ? _slotToMark : None;
    }
}
