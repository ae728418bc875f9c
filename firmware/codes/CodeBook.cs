// The access codes of the lock: in RAM what is needed to find them, on flash the codes. Door and
// CommandDesk call it; it calls SlotLog and DeviceSecret.

using System;

namespace Keyway.Firmware;

/// <summary>Finds, stores and checks access codes.</summary>
public sealed class CodeBook
{
    private const int None = -1;
    private readonly SlotLog _log;
    private readonly DeviceSecret _secret;
    private readonly LockState _state;
    private readonly AccessCode _read = new();
    private readonly byte[] _mac = new byte[Frame.MacBytes];
    private readonly byte[] _mark = new byte[Frame.SizeBytes];
    private int _writes;

    /// <summary>Wires the book, empty; <see cref="Loader"/> fills it.</summary>
    /// <param name="log">Holds the codes.</param>
    /// <param name="secret">Computes MACs and tags.</param>
    /// <param name="state">The lock's own numbers.</param>
    /// <param name="capacity">Number of slots, 1 to <see cref="Limits.Slots"/>.</param>
    /// <param name="rules">Some need more RAM a code.</param>
    /// <param name="time">The time of day.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of range.</exception>
    public CodeBook(SlotLog log, DeviceSecret secret, LockState state, int capacity,
        CodeConstraint rules, TimeOfDay time)
    {
        Times = new CodeTimes(time);
        _log = log;
        _secret = secret;
        _state = state;
        Tombstones = new Tombstones(log);
        Slots = new CodeSlots(capacity, rules);
        Digest = new SlotDigest(this, _read);
    }

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
    public int Changes => _writes + Slots.Losses;

    /// <summary>When codes come and go.</summary>
    public CodeTimes Times { get; }

    /// <summary>Codes that turned out to be unreadable since they were loaded.</summary>
    public int LostCodes { get; private set; }

    /// <summary>What entered digits do now.</summary>
    /// <param name="digits">ASCII digits.</param>
    /// <param name="count">How many, at most 12.</param>
    /// <param name="now">The time.</param>
    /// <param name="found">The code, unless the answer is Unknown, Damaged or NotReady; the
    /// book's.</param>
    public CodeMatch Match(byte[] digits, int count, Moment now, out AccessCode found)
    {
        found = _read;
        _secret.ComputeDigitsMac(digits, count, _mac, 0);
        StorageStatus status = FindByMac(_mac, 0, out int slot);
        if (slot == None)
        {
            return status == StorageStatus.Ok ? CodeMatch.Unknown
                : status == StorageStatus.Damaged ? CodeMatch.Damaged : CodeMatch.NotReady;
        }

        if (!_secret.HasTag(_read) || _read.Slot != slot)
        {
            return CodeMatch.Damaged;
        }

        return _read.MatchAt(now);
    }

    /// <summary>Finds the slot whose digits have a MAC.</summary>
    /// <param name="mac">Holds the MAC, 8 bytes.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="slot">The slot; -1 when there is none or it cannot be read.</param>
    /// <returns>Ok; otherwise a candidate could not be read.</returns>
    public StorageStatus FindByMac(byte[] mac, int offset, out int slot)
    {
        uint start = Frame.GetUInt32(mac, offset);
        int cursor = Slots.BeginMac(start);
        StorageStatus worst = StorageStatus.Ok;
        while ((slot = Slots.FindMac(start, ref cursor)) != None)
        {
            StorageStatus status = ReadOrLose(slot, _read);
            if (status == StorageStatus.Damaged)
            {
                // Its place in the index is gone with it.
                cursor = Slots.BeginMac(start);
            }

            if (status != StorageStatus.Ok)
            {
                worst = status;
            }
            else if (DeviceSecret.AreEqual(_read.Bytes, Frame.DigitsMac, mac, offset))
            {
                return StorageStatus.Ok;
            }
        }

        return worst;
    }

    /// <summary>Finds the slot of an access code.</summary>
    /// <param name="id">Holds the id, 16 bytes.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="code">Receives the code.</param>
    /// <param name="slot">The slot; -1 when there is none or it cannot be read.</param>
    /// <returns>Ok; otherwise a candidate cannot be read now, so the code may be there.</returns>
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

            if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
            {
                worst = status;
            }

            slot = Slots.FindId(id, offset, slot + 1);
        }

        return worst;
    }

    /// <summary>True when this lock wrote a code for its slot. Ask before any of it is written
    /// again, since that makes it genuine; one that is not is lost.</summary>
    /// <param name="slot">The slot that it was read from.</param>
    /// <param name="code">As read.</param>
    public bool IsOurs(int slot, AccessCode code)
    {
        if (code.Slot == slot && _secret.HasTag(code))
        {
            return true;
        }

        Lose(slot);
        LostCodes++;
        return false;
    }

    /// <summary>A slot's code cannot be read, or was not written by this lock: the slot is free.
    /// </summary>
    public void Lose(int slot)
    {
        Slots.Lose(slot);
        Digest.Restart();
    }

    /// <summary>Reads the code of a slot.</summary>
    /// <param name="slot">A slot that holds one.</param>
    /// <param name="code">Receives it.</param>
    public StorageStatus Read(int slot, AccessCode code) =>
        _log.Read(Slots.LocationOf(slot), code.Bytes, AccessCode.FrameCount);

    /// <summary>Reads the code of a slot; nobody can enter one that is damaged any more, and it is
    /// lost.</summary>
    /// <param name="slot">A slot that holds one.</param>
    /// <param name="code">Receives it.</param>
    /// <returns>Ok; Damaged, and the slot is free; or why it cannot be read now.</returns>
    public StorageStatus ReadOrLose(int slot, AccessCode code)
    {
        StorageStatus status = Read(slot, code);
        if (status == StorageStatus.Damaged)
        {
            Lose(slot);
            LostCodes++;
        }

        return status;
    }

    /// <summary>Gives a code a slot and a tag, and stores it: flash first, RAM second.</summary>
    /// <param name="code">All but slot and tag; neither digits nor id are in the book.</param>
    /// <param name="location">Where it lies; -1 when it failed.</param>
    /// <returns>Ok; Full when no slot is free; or what <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Add(AccessCode code, out int location)
    {
        location = None;
        if (Count == Capacity)
        {
            return StorageStatus.Full;
        }

        code.Slot = Slots.FindFree();
        return Replace(code, out location);
    }

    /// <summary>Deletes a slot's code: flash first, RAM second.</summary>
    /// <param name="slot">A slot that holds one.</param>
    /// <param name="tombstone">Type, ids, detail and serial set; receives the slot.</param>
    /// <param name="location">Where the tombstone lies; -1 when it failed.</param>
    /// <returns>Ok, or what <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Remove(int slot, byte[] tombstone, out int location)
    {
        bool isKnown = Digest.TryTermAt(slot, out uint term);
        Frame.PutUInt16(tombstone, Frame.Slot, slot);
        StorageStatus status = _log.Append(tombstone, 1, out location);
        if (status == StorageStatus.Ok)
        {
            Slots.Lose(slot);
            Digest.Change(slot, isKnown, term, 0);
            Times.NoteRemoved();
            _writes++;
            if (Frame.GetUInt32(tombstone, Frame.Detail) > _state.LatestUtc)
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
        bool isKnown = Digest.TryTermAt(slot, out uint term);
        Array.Clear(_mark, 0, _mark.Length);
        _mark[Frame.Type] = (byte)FrameType.Used;
        Frame.PutUInt16(_mark, Frame.Slot, slot);
        Frame.PutUInt32(_mark, Frame.Detail, (uint)utc);
        StorageStatus status = _log.Append(_mark, 1, out _);
        if (status == StorageStatus.Ok)
        {
            Slots.LearnUsed(slot);
            Digest.Change(slot, isKnown, term, isKnown ? Digest.TermOf(slot, _read) : 0);
            Times.NoteDueNow();
            _writes++;
        }

        return status;
    }

    /// <summary>True when a one-time code was used: marked, or carried on as used.</summary>
    /// <param name="code">As read.</param>
    public bool IsUsed(AccessCode code) => code.Has(CodeOptions.Used) || Slots.IsUsed(code.Slot);

    /// <summary>Carries a slot's code on, with its mark of use.</summary>
    /// <param name="slot">A slot that holds one.</param>
    /// <param name="code">As read.</param>
    /// <param name="location">Where it lies now; -1 when it failed.</param>
    /// <returns>
    /// Ok; Damaged when this lock did not write it: then the slot is free; or what
    /// <see cref="SlotLog.Carry"/> says.
    /// </returns>
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

    /// <summary>Stores the content of a slot, free until now or not: flash first, RAM second.
    /// </summary>
    /// <param name="code">The code with its slot; no other slot has its digits.</param>
    /// <param name="location">Where it lies; -1 when it failed, and the old one stays.</param>
    /// <returns>Ok, or what <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Replace(AccessCode code, out int location)
    {
        bool isKnown = Digest.TryTermAt(code.Slot, out uint term);
        code.HasDetail = Slots.Details.IsNeeded(code);
        _secret.ComputeTag(code, code.Bytes, AccessCode.TagOffset);
        StorageStatus status = _log.Append(code.Bytes, AccessCode.FrameCount, out location);
        if (status == StorageStatus.Ok)
        {
            Slots.Lose(code.Slot);
            Slots.Place(code.Slot, location);
            Slots.Learn(code, true);
            Digest.Change(code.Slot, isKnown, term, Digest.TermOf(code.Slot, code));
            Times.NoteStored(code);
            _writes++;
        }

        return status;
    }
}
