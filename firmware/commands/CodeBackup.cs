// Carries out access_codes/pull_backup_access_code, and keeps a backup with its code. CommandDesk
// calls it through CodeCommands, CodeUpdate and CodeRemoval; it calls CodeDigits and CodeBook.

using System;

namespace Keyway.Firmware;

/// <summary>Gives an access code a backup with other digits, until the code's own end.</summary>
/// <remarks>
/// The pool is slots that nobody else gets, and no codes: digits that were not given out cannot be
/// guessed. The backup's id follows from the code's, so pulling again finds the same.
/// </remarks>
public sealed class CodeBackup
{
    private const int None = -1;
    private readonly CodeOrder _order;
    private readonly CodeBook _book;
    private readonly CodeRoom _room;
    private readonly CodeDigits _digits;
    private readonly DeviceSecret _secret;
    private readonly TimeOfDay _time;
    private readonly EventLog _events;
    private readonly AccessCode _backup = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private readonly byte[] _id = new byte[Uuid.SizeBytes];

    /// <summary>Wires it.</summary>
    public CodeBackup(CodeOrder order, CodeBook book, CodeRoom room, CodeDigits digits,
        DeviceSecret secret, TimeOfDay time, EventLog events)
    {
        _order = order;
        _book = book;
        _room = room;
        _digits = digits;
        _secret = secret;
        _time = time;
        _events = events;
    }

    /// <summary>Carries the command out.</summary>
    public StorageStatus Run()
    {
        StorageStatus status = _order.Find(out int slot);
        if (slot == None)
        {
            return status;
        }

        Refusal refusal = !_order.Other.Has(CodeOptions.UsesPool) ? Refusal.NoBackupPool
            : !_time.IsKnown ? Refusal.ClockNotKnown
            : _order.Other.EndsAt <= _time.Latest
                || (_order.Other.Has(CodeOptions.OneTime)
                    && _book.IsUsed(_order.Other)) ? Refusal.WindowOver : Refusal.None;
        if (refusal != Refusal.None)
        {
            return _order.Refuse(CommandMember.AccessCodeId, refusal);
        }

        FillBackup();
        status = _book.FindById(_id, 0, _order.Other, out slot);
        if (status != StorageStatus.Ok || slot != None)
        {
            return status;
        }

        if (_book.Tombstones.Contains(_id, 0))
        {
            return _order.Refuse(CommandMember.AccessCodeId, Refusal.AccessCodeIdDeleted);
        }

        ForgetParameters();
        AccessCode backup = _order.Code;
        status = _digits.Fill(_order.Command, backup, None, _order.Other);
        if (status != StorageStatus.Ok || _order.Command.Refusal != Refusal.None)
        {
            return status;
        }

        if (!_room.HasRoomForCode)
        {
            return StorageStatus.Full;
        }

        _order.NoteStatus(backup, false);
        status = _book.Add(backup, out int location);
        return _order.Store(status, backup.Bytes, location);
    }

    /// <summary>The code goes, and its backup before it: a power cut in between leaves the code,
    /// and the command comes again.</summary>
    /// <param name="code">The code.</param>
    public StorageStatus Remove(AccessCode code)
    {
        StorageStatus status = Find(code, out int slot);
        if (slot == None)
        {
            return status;
        }

        _backup.WriteTombstone(_frame, _time.TombstoneEnd(_backup));
        status = _book.Remove(slot, _frame, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.RemovedFromDevice, _frame);
        }

        return status;
    }

    /// <summary>The code's window moves, and its backup's before it. A code that becomes ongoing
    /// leaves its backup as it is.</summary>
    /// <param name="code">The code as it shall be.</param>
    public StorageStatus Follow(AccessCode code)
    {
        if (code.EndsAt == 0)
        {
            return StorageStatus.Ok;
        }

        StorageStatus status = Find(code, out int slot);
        if (slot == None || (_backup.StartsAt == code.StartsAt && _backup.EndsAt == code.EndsAt))
        {
            return status;
        }

        _backup.StartsAt = code.StartsAt;
        _backup.EndsAt = code.EndsAt;
        _backup.Set(CodeOptions.Used, _book.IsUsed(_backup));
        _backup.ForgetAttempt();
        status = _book.Replace(_backup, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.SetOnDevice, _backup.Bytes);
        }

        return status;
    }

    private StorageStatus Find(AccessCode code, out int slot)
    {
        slot = None;
        if (!code.Has(CodeOptions.UsesPool))
        {
            return StorageStatus.Ok;
        }

        _secret.ComputeBackupId(_order.Id, _id, 0);
        return _book.FindById(_id, 0, _backup, out slot);
    }

    // Those of a create are none of this command: the lock alone makes the digits.
    private void ForgetParameters()
    {
        Command command = _order.Command;
        command.Unset(CommandMember.Code);
        command.CommonKeyCount = 0;
        command.PreferredCodeLength = 0;
    }

    private void FillBackup()
    {
        AccessCode backup = _order.Code;
        Array.Copy(_order.Other.Bytes, 0, backup.Bytes, 0, backup.Bytes.Length);
        _secret.ComputeBackupId(_order.Id, _id, 0);
        Array.Copy(_id, 0, backup.Bytes, Frame.AccessCodeId, Uuid.SizeBytes);
        Array.Clear(backup.Bytes, AccessCode.CommonKeyOffset, Frame.MacBytes);
        backup.CutName(0);
        backup.Options = CodeOptions.Backup | (backup.Options & CodeOptions.OneTime);
        backup.CreatedAt = _time.Utc;
        _order.Begin(CommandAction.PullBackup);
    }
}
