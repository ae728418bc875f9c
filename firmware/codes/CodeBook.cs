// The access codes of the lock: in RAM what is needed to find them, on flash the codes. Door and
// CodeEdits call it; it calls SlotLog and DeviceSecret.

using System;

namespace Keyway.Firmware;

/// <summary>Finds, stores and checks access codes. Whoever asks brings the object that is read
/// into.</summary>
public sealed class CodeBook
{
    private const int None = -1;
    private readonly SlotLog _log;
    private readonly DeviceSecret _secret;
    private readonly byte[] _frame;
    private int _writes;
    private int _lostCodes;

    /// <summary>Wires the book, empty; <see cref="Loader"/> fills it. Some rules need more RAM a
    /// code; nothing in the frame of scratch outlives a call, nor in the two codes. A caller may
    /// work with one of these itself, and have it stored.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public CodeBook(SlotLog log, DeviceSecret secret, LockState state, int capacity,
        CodeConstraint rules, TimeOfDay time, byte[] scratch, AccessCode work,
        AccessCode otherWork)
    {
        _log = log;
        _secret = secret;
        _frame = scratch;
        State = state;
        Time = time;
        Tombstones = new Tombstones(log, Limits.Remembered(capacity));
        Slots = new CodeSlots(capacity, rules);
        Digest = new SlotDigest(this, work, otherWork);
    }

    /// <summary>Where the codes are stored.</summary>
    public SlotLog Log => _log;

    /// <summary>Computes their MACs.</summary>
    public DeviceSecret Secret => _secret;

    /// <summary>The lock's own numbers.</summary>
    public LockState State { get; }

    /// <summary>The time of day.</summary>
    public TimeOfDay Time { get; }

    /// <summary>What RAM knows of the codes.</summary>
    public CodeSlots Slots { get; }

    /// <summary>The ids of deleted codes.</summary>
    public Tombstones Tombstones { get; }

    /// <summary>A number over all codes.</summary>
    public SlotDigest Digest { get; }

    /// <summary>Number of slots.</summary>
    public int Capacity => Slots.Capacity;

    /// <summary>Slots that hold a code.</summary>
    public int Count => Slots.Count;

    /// <summary>Grows whenever codes are stored, removed, used up or lost.</summary>
    public int Changes => _writes + Slots.Emptied;

    /// <summary>When codes come and go.</summary>
    public CodeTimes Times { get; } = new();

    /// <summary>Codes that turned out to be unreadable since they were loaded.</summary>
    public int LostCodes => _lostCodes;

    /// <summary>What entered digits do now.</summary>
    /// <param name="digits">ASCII digits.</param>
    /// <param name="count">How many, at most 12.</param>
    /// <param name="now">The time.</param>
    /// <param name="found">Receives the code, unless the answer is Unknown, Damaged or NotReady.
    /// </param>
    public CodeMatch Match(byte[] digits, int count, Moment now, AccessCode found)
    {
        _secret.ComputeDigitsMac(digits, count, _frame, 0);
        StorageStatus status = FindByMac(_frame, 0, found, out int slot);
        return slot == None
            ? status == StorageStatus.Ok ? CodeMatch.Unknown
                : status == StorageStatus.Damaged ? CodeMatch.Damaged : CodeMatch.NotReady
            : found.Slot != slot || !_secret.HasTag(found) ? CodeMatch.Damaged
            : found.MatchAt(now);
    }

    /// <summary>The slot whose digits have this MAC.</summary>
    /// <param name="mac">Holds the MAC.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="code">Receives the code; overwritten where there is none.</param>
    /// <param name="slot">The slot; -1 when there is none.</param>
    /// <returns>Ok, or what the log says of a code that could not be read: there may be one then.
    /// </returns>
    public StorageStatus FindByMac(byte[] mac, int offset, AccessCode code, out int slot)
    {
        int cursor = Slots.BeginMac(mac, offset);
        StorageStatus worst = StorageStatus.Ok;
        while ((slot = Slots.FindMac(mac, offset, ref cursor)) != None)
        {
            StorageStatus status = ReadOrLose(slot, code);
            if (status == StorageStatus.Damaged)
            {
                // Its place in the index is gone with it.
                cursor = Slots.BeginMac(mac, offset);
            }

            if (status != StorageStatus.Ok) worst = status;
            else if (DeviceSecret.AreEqual(code.Bytes, Frame.DigitsMac, mac, offset)) return status;
        }

        return worst;
    }

    /// <summary>Finds an access code by its id.</summary>
    /// <param name="id">Holds the id.</param>
    /// <param name="offset">Its first byte.</param>
    /// <param name="code">Receives the code; overwritten where there is none.</param>
    /// <param name="slot">The slot; -1 when there is none.</param>
    /// <returns>Ok, or what the log says where a code that may be it cannot be read now.</returns>
    public StorageStatus FindById(byte[] id, int offset, AccessCode code, out int slot)
    {
        StorageStatus worst = StorageStatus.Ok;
        slot = Slots.FindId(id, offset, 0);
        while (slot >= 0)
        {
            StorageStatus status = Slots.LocationOf(slot) == 0
                ? StorageStatus.Damaged : ReadOrLose(slot, code);
            if (status == StorageStatus.Ok
                && Uuid.AreEqual(code.Bytes, Frame.AccessCodeId, id, offset)
                && IsOurs(slot, code))
            {
                return StorageStatus.Ok;
            }

            if (status != StorageStatus.Ok && status != StorageStatus.Damaged) worst = status;
            slot = Slots.FindId(id, offset, slot + 1);
        }

        return worst;
    }

    /// <summary>True when this lock has written a code as it was read; else it is lost.</summary>
    public bool IsOurs(int slot, AccessCode code)
    {
        bool isOurs = code.Slot == slot && _secret.HasTag(code);
        if (!isOurs)
        {
            Lose(slot);
            _lostCodes++;
        }

        return isOurs;
    }

    /// <summary>Reads the code of a slot that has one.</summary>
    public StorageStatus Read(int slot, AccessCode code) =>
        _log.Read(Slots.LocationOf(slot), code.Bytes, AccessCode.FrameCount);

    /// <summary>Reads the code of a slot that has one; a damaged one is lost.</summary>
    public StorageStatus ReadOrLose(int slot, AccessCode code)
    {
        StorageStatus status = Read(slot, code);
        if (status == StorageStatus.Damaged)
        {
            Lose(slot);
            _lostCodes++;
        }

        return status;
    }

    /// <summary>Stores a code in an empty slot: flash first, RAM second.</summary>
    /// <param name="code">As it shall be; receives slot and tag.</param>
    /// <param name="location">Where it lies; -1 when it failed.</param>
    /// <returns>Ok; Full; or what <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Add(AccessCode code, out int location)
    {
        location = None;
        if (Count == Capacity) return StorageStatus.Full;

        code.Slot = Slots.FindFree();
        return Replace(code, out location);
    }

    /// <summary>Stores a code in its slot, whatever is in it: flash first, RAM second.</summary>
    /// <param name="code">As it shall be, with its slot; receives the tag.</param>
    /// <param name="location">Where it lies; -1 when it failed.</param>
    /// <returns>Ok, or what <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Replace(AccessCode code, out int location)
    {
        bool isKnown = Digest.TryTermAt(code.Slot, code.Bytes, out uint term);
        code.HasDetail = Slots.NeedsDetail(code);
        _secret.ComputeTag(code, code.Bytes, AccessCode.TagOffset);
        StorageStatus status = _log.Append(code.Bytes, AccessCode.FrameCount, out location);
        if (status == StorageStatus.Ok)
        {
            if (Slots.LocationOf(code.Slot) != 0) Slots.Empty(code.Slot);
            Slots.Place(code.Slot, location);
            Slots.Learn(code, true);
            Digest.Change(code.Slot, isKnown, term, Digest.TermOf(code.Slot, code));
            Times.NoteNext(code, Time.Utc);
            _writes++;
        }

        return status;
    }

    /// <summary>Takes a code from its slot: flash first, RAM second.</summary>
    /// <param name="slot">A slot that holds one.</param>
    /// <param name="tombstone">The frame that does it; receives the slot.</param>
    /// <param name="location">Where it lies; -1 when it failed.</param>
    /// <returns>Ok, or what <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Remove(int slot, byte[] tombstone, out int location)
    {
        bool isKnown = Digest.TryTermAt(slot, tombstone, out uint term);
        Frame.PutUInt16(tombstone, Frame.Slot, slot);
        StorageStatus status = _log.Append(tombstone, 1, out location);
        if (status == StorageStatus.Ok)
        {
            Slots.Empty(slot);
            Digest.Change(slot, isKnown, term, 0);
            Times.NoteRemoved();
            _writes++;
            if (Frame.GetUInt32(tombstone, Frame.Detail) > State.LatestUtc)
            {
                // Of a code that has ended only the slot has to be told.
                Tombstones.Add(tombstone, location);
            }
        }

        return status;
    }

    /// <summary>Marks a slot's one-time code as used: flash first, RAM second.</summary>
    /// <param name="slot">A slot that holds one.</param>
    /// <param name="utc">The time in unix seconds; 0 when not known.</param>
    /// <returns>Ok, or what <see cref="SlotLog.Append"/> says: then it must not open.</returns>
    public StorageStatus MarkUsed(int slot, long utc)
    {
        bool isKnown = Digest.TryTermAt(slot, _frame, out uint term);
        Array.Clear(_frame, 0, _frame.Length);
        _frame[Frame.Type] = (byte)FrameType.Used;
        Frame.PutUInt16(_frame, Frame.Slot, slot);
        Frame.PutUInt32(_frame, Frame.Detail, (uint)utc);
        StorageStatus status = _log.Append(_frame, 1, out _);
        if (status == StorageStatus.Ok)
        {
            Slots.LearnUsed(slot);
            Digest.ChangeUsed(slot, isKnown, term);
            Times.NoteDueNow();
            _writes++;
        }

        return status;
    }

    /// <summary>True when a one-time code was used.</summary>
    public bool IsUsed(AccessCode code) => code.Has(CodeOptions.Used) || Slots.IsUsed(code.Slot);

    /// <summary>Carries a code on to the end of the log, with what was noted of it since.</summary>
    /// <param name="slot">Its slot.</param>
    /// <param name="code">As read.</param>
    /// <param name="location">Where it lies now; -1 when it failed.</param>
    /// <returns>Ok; Damaged: its tag is wrong, and it is lost; or what the log says.</returns>
    public StorageStatus Carry(int slot, AccessCode code, out int location)
    {
        location = None;
        if (code.Slot != slot || !_secret.HasTag(code))
        {
            Lose(slot);
            return StorageStatus.Damaged;
        }

        if (Slots.IsUsed(slot))
        {
            code.Set(CodeOptions.Used, true);
            _secret.ComputeTag(code, code.Bytes, AccessCode.TagOffset);
        }

        StorageStatus status = _log.Carry(code.Bytes, AccessCode.FrameCount, out location);
        if (status == StorageStatus.Ok)
        {
            Slots.Move(slot, location);
        }

        return status;
    }

    /// <summary>A slot's code cannot be read, or is not this lock's: the slot is free.</summary>
    public void Lose(int slot)
    {
        Slots.Empty(slot);
        Digest.Restart();
    }
}
