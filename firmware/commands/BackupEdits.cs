// Carries out access_codes/pull_backup_access_code, and keeps a backup with its code. CommandRunner
// and CodeEdits call it; it calls CodeDigits and CodeBook.

using System;

namespace Keyway.Firmware;

/// <summary>Makes, changes and removes backup codes.</summary>
/// <remarks>
/// A backup is an access code of its own that opens as long as its code does. Its id follows from
/// the code's, so pulling twice finds the same one; its digits follow from its id.
/// </remarks>
public sealed class BackupEdits
{
    private const int None = -1;
    private readonly Outcome _outcome;
    private readonly CodeBook _book;
    private readonly CodeDigits _digits;
    private readonly EventLog _events;

    /// <summary>Wires it.</summary>
    public BackupEdits(Outcome outcome, CodeBook book, CodeDigits digits, EventLog events)
    {
        _outcome = outcome;
        _book = book;
        _digits = digits;
        _events = events;
    }

    /// <summary>Gives the backup of a code; the same one each time.</summary>
    public void Pull()
    {
        AccessCode other = _outcome.Other;
        if (!_outcome.GoesOn(_book.FindById(_outcome.Id, 0, other, out int slot)))
        {
            return;
        }

        Refusal refusal = slot == None ? Refusal.CodeNotFound : Refuse(other);
        if (refusal != Refusal.None)
        {
            _outcome.Refuse(CommandMember.AccessCodeId, refusal);
            return;
        }

        AccessCode backup = _outcome.Code;
        FillBackup(backup, other);
        if (!_outcome.GoesOn(_book.FindById(backup.Bytes, Frame.AccessCodeId, other, out slot))
            || slot != None)
        {
            return;
        }

        if (_book.Tombstones.Contains(backup.Bytes, Frame.AccessCodeId))
        {
            _outcome.Refuse(CommandMember.AccessCodeId, Refusal.AccessCodeIdDeleted);
        }
        else if (_outcome.GoesOn(_digits.Fill(_outcome, None))
            && _outcome.GoesOn(
                _outcome.Room.HasRoomForCode ? StorageStatus.Ok : StorageStatus.Full))
        {
            Outcome.NoteStatus(backup, false, _book.Time.Now);
            _outcome.Store(_book.Add(backup, out int location), backup.Bytes, location);
        }
    }

    /// <summary>Removes the backup of a code that goes, if it has one.</summary>
    /// <param name="code">The code.</param>
    /// <returns>Ok: there is none any more; else what the storage says.</returns>
    public StorageStatus Remove(AccessCode code)
    {
        AccessCode backup = _outcome.Code;
        StorageStatus status = Find(code, backup, out int slot);
        if (slot == None)
        {
            return status;
        }

        byte[] frame = _outcome.Alone;
        backup.WriteTombstone(frame, _book.Time.TombstoneEnd(backup));
        status = _book.Remove(slot, frame, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.RemovedFromDevice, backup.Bytes);
        }

        return status;
    }

    /// <summary>Gives the backup of a code its new window, if it has one.</summary>
    /// <param name="code">The code as it shall be; one that becomes ongoing leaves its backup as it
    /// is.</param>
    /// <returns>Ok, or what the storage says.</returns>
    public StorageStatus Follow(AccessCode code)
    {
        if (code.EndsAt == 0)
        {
            return StorageStatus.Ok;
        }

        AccessCode backup = _outcome.Other;
        StorageStatus status = Find(code, backup, out int slot);
        if (slot == None || (backup.StartsAt == code.StartsAt && backup.EndsAt == code.EndsAt))
        {
            return status;
        }

        backup.StartsAt = code.StartsAt;
        backup.EndsAt = code.EndsAt;
        backup.Set(CodeOptions.Used, _book.IsUsed(backup));
        backup.ForgetAttempt();
        status = _book.Replace(backup, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.SetOnDevice, backup.Bytes);
        }

        return status;
    }

    private Refusal Refuse(AccessCode code) =>
        !code.Has(CodeOptions.UsesPool) ? Refusal.NoBackupPool
        : !_book.Time.IsKnown ? Refusal.ClockNotKnown
        : code.EndsAt <= _book.Time.Latest || (code.Has(CodeOptions.OneTime) && _book.IsUsed(code))
            ? Refusal.WindowOver : Refusal.None;

    private StorageStatus Find(AccessCode code, AccessCode backup, out int slot)
    {
        slot = None;
        if (!code.Has(CodeOptions.UsesPool))
        {
            return StorageStatus.Ok;
        }

        var id = new byte[Uuid.SizeBytes];
        _book.Secret.ComputeBackupId(_outcome.Id, id, 0);
        return _book.FindById(id, 0, backup, out slot);
    }

    private void FillBackup(AccessCode backup, AccessCode code)
    {
        Array.Copy(code.Bytes, 0, backup.Bytes, 0, backup.Bytes.Length);
        _book.Secret.ComputeBackupId(_outcome.Id, backup.Bytes, Frame.AccessCodeId);
        Array.Clear(backup.Bytes, AccessCode.CommonKeyOffset, Frame.MacBytes);
        backup.CutName(0);
        backup.Options = CodeOptions.Backup | (backup.Options & CodeOptions.OneTime);
        backup.CreatedAt = _book.Time.Utc;
        _outcome.Sign(CommandAction.PullBackup);
    }
}
