// Carries out create, update and delete of access codes. CommandRunner calls it with a command that
// its rules let pass; it calls CodeDigits, CodeNames and CodeBook.

using System;

namespace Keyway.Firmware;

/// <summary>Changes access codes. Each change is one append, its answer in it.</summary>
public sealed class CodeEdits
{
    private const int None = -1;
    private readonly Outcome _outcome;
    private readonly CodeConstraints _constraints;
    private readonly CodeBook _book;
    private readonly CodeDigits _digits;
    private readonly BackupEdits _backup;

    /// <summary>Wires it.</summary>
    public CodeEdits(Outcome outcome, CodeConstraints constraints, CodeBook book,
        CodeDigits digits, BackupEdits backup)
    {
        _outcome = outcome;
        _constraints = constraints;
        _book = book;
        _digits = digits;
        _backup = backup;
    }

    private Command Command => _outcome.Command;

    private AccessCode Code => _outcome.Code;

    /// <summary>Makes an access code.</summary>
    public void Create()
    {
        FillNew();
        AccessCode other = _outcome.Other;
        byte[] id = _outcome.Id;
        if (!_outcome.GoesOn(_book.FindById(id, 0, other, out int slot)))
        {
            return;
        }

        if (slot != None)
        {
            if (!_digits.IsSame(Command, Code, other) || !other.HasContentOf(Code))
            {
                _outcome.Refuse(CommandMember.AccessCodeId, Refusal.AccessCodeIdTaken);
            }

            return;
        }

        if (_book.Tombstones.Contains(id, 0))
        {
            _outcome.Refuse(CommandMember.AccessCodeId, Refusal.AccessCodeIdDeleted);
            return;
        }

        CheckStart();
        if (_outcome.GoesOn(CodeNames.Check(_constraints, _book, _outcome, None))
            && _outcome.GoesOn(_digits.Fill(_outcome, None))
            && _outcome.GoesOn(HasRoom ? SwitchPool() : StorageStatus.Full))
        {
            Outcome.NoteStatus(Code, false, _book.Time.Now);
            _outcome.Store(_book.Add(Code, out int location), Code.Bytes, location);
        }
    }

    /// <summary>Changes what the command names, and no more.</summary>
    public void Update()
    {
        AccessCode other = _outcome.Other;
        if (!TryFind(out int slot))
        {
            return;
        }

        if (other.Has(CodeOptions.Offline))
        {
            _outcome.Refuse(CommandMember.AccessCodeId, Refusal.IsOffline);
            return;
        }

        Array.Copy(other.Bytes, 0, Code.Bytes, 0, Code.Bytes.Length);
        Code.Set(CodeOptions.Used, _book.IsUsed(other));
        UpdateOptions();
        UpdateWindow(other.StartsAt);
        StorageStatus status = StorageStatus.Ok;
        if (Command.Has(CommandMember.Name))
        {
            status = CodeNames.Check(_constraints, _book, _outcome, slot);
        }

        if (_outcome.GoesOn(status) && Command.Has(CommandMember.Code))
        {
            Code.Set(CodeOptions.ModifiedAtKeypad, false);
            status = _digits.Fill(_outcome, slot);
        }

        // Names and digits may have looked at others.
        if (_outcome.GoesOn(status) && _outcome.GoesOn(_book.Read(slot, other))
            && !Code.HasContentOf(other))
        {
            StoreUpdate(other);
        }
    }

    /// <summary>Removes an access code, and its backup before it.</summary>
    public void Delete()
    {
        if (TryFind(out int slot) && _outcome.GoesOn(_backup.Remove(_outcome.Other)))
        {
            byte[] frame = _outcome.Alone;
            _outcome.Other.WriteTombstone(frame, _book.Time.TombstoneEnd(_outcome.Other));
            _outcome.SignFrame(frame);
            _outcome.Store(_book.Remove(slot, frame, out int location), frame, location);
        }
    }

    private bool TryFind(out int slot)
    {
        bool goesOn = _outcome.GoesOn(
            _book.FindById(_outcome.Id, 0, _outcome.Other, out slot));
        if (goesOn && slot == None)
        {
            _outcome.Refuse(CommandMember.AccessCodeId, Refusal.CodeNotFound);
        }

        return goesOn && slot != None;
    }

    private void StoreUpdate(AccessCode former)
    {
        // Other digits have not been used yet.
        if (!DeviceSecret.AreEqual(Code.Bytes, Frame.DigitsMac, former.Bytes, Frame.DigitsMac))
        {
            Code.Set(CodeOptions.Used, false);
        }

        if (_outcome.GoesOn(_backup.Follow(Code)))
        {
            _outcome.Sign(CommandAction.Update);
            Outcome.NoteStatus(Code, Code.Has(CodeOptions.Used), _book.Time.Now);
            _outcome.Store(_book.Replace(Code, out int location), Code.Bytes, location);
        }
    }

    private void FillNew()
    {
        Code.Clear();
        _outcome.Sign(CommandAction.Create);
        Array.Copy(_outcome.Id, 0, Code.Bytes, Frame.AccessCodeId, Uuid.SizeBytes);
        CodeNames.Put(_constraints, Command, Code);
        Code.StartsAt = Command.StartsAt;
        Code.EndsAt = Command.EndsAt;
        Code.CreatedAt = _book.Time.Utc;
        Code.Options = Option(CommandMember.IsOneTimeUse, CodeOptions.OneTime)
            | Option(CommandMember.UseBackupPool, CodeOptions.UsesPool)
            | Option(CommandMember.Duress, CodeOptions.Duress)
            | (Command.AllowsExternalModification
                ? CodeOptions.ExternalModification : CodeOptions.None);
        if (Code.EndsAt != 0)
        {
            Defer(Command.IsDeferred);
        }
    }

    private CodeOptions Option(CommandMember member, CodeOptions option) =>
        Command.IsTrue(member) ? option : CodeOptions.None;

    // Creating the first code of the pool also keeps the pool's slots free.
    private bool HasRoom => _outcome.Room.HasRoomForCode && _outcome.Room.FreeSlotsWith(
        _book.State.IsPoolOn || Code.Has(CodeOptions.UsesPool)) > 0;

    // The pool is places that nobody else gets: digits that are not given out cannot be guessed.
    private StorageStatus SwitchPool()
    {
        if (!Code.Has(CodeOptions.UsesPool) || _book.State.IsPoolOn)
        {
            return StorageStatus.Ok;
        }

        _book.State.IsPoolOn = true;
        return _book.State.Save();
    }

    private void CheckStart()
    {
        if (_constraints.Asks(CodeConstraint.StartInFuture) && Code.EndsAt != 0
            && Code.StartsAt <= _book.Time.Utc)
        {
            _outcome.Refuse(CommandMember.StartsAt, Refusal.StartNotInFuture);
        }
    }

    // A deferred code waits until an hour before its start.
    private void Defer(bool isDeferred)
    {
        isDeferred &= Code.EndsAt != 0;
        Code.Set(CodeOptions.Deferred, isDeferred);
        Code.Set(CodeOptions.Waiting, isDeferred
            && Code.StartsAt - Limits.SetBeforeStartSeconds > _book.Time.Utc);
    }

    private void UpdateOptions()
    {
        if (Command.Has(CommandMember.Name))
        {
            CodeNames.Put(_constraints, Command, Code);
        }

        if (Command.Has(CommandMember.IsExternalModificationAllowed)
            || Command.Has(CommandMember.AllowExternalModification))
        {
            Code.Set(CodeOptions.ExternalModification, Command.AllowsExternalModification);
        }

        if (Command.Has(CommandMember.IsOneTimeUse))
        {
            Code.Set(CodeOptions.OneTime, Command.IsTrue(CommandMember.IsOneTimeUse));
        }
    }

    // Each bound alone moves alone; a code that has no window gets one as a whole.
    private void UpdateWindow(long formerStart)
    {
        bool hasStart = Command.Has(CommandMember.StartsAt);
        bool hasEnd = Command.Has(CommandMember.EndsAt);
        bool isChanged = hasStart || hasEnd || Command.Has(CommandMember.PreferNativeScheduling);
        if (Command.Has(CommandMember.Type) && Command.BecomesOngoing)
        {
            hasStart = false;
            hasEnd = false;
            isChanged = true;
            Code.StartsAt = 0;
            Code.EndsAt = 0;
        }
        else if (Code.EndsAt == 0 && hasStart != hasEnd)
        {
            _outcome.Refuse(hasStart ? CommandMember.EndsAt : CommandMember.StartsAt,
                Refusal.WindowNeedsBoth);
        }

        Code.StartsAt = hasStart ? Command.StartsAt : Code.StartsAt;
        Code.EndsAt = hasEnd ? Command.EndsAt : Code.EndsAt;
        if (!isChanged)
        {
            return;
        }

        CheckWindow();
        if (hasStart && Code.StartsAt != formerStart)
        {
            CheckStart();
        }

        if (Code.EndsAt != 0 && Code.EndsAt <= _book.Time.Latest)
        {
            _outcome.Refuse(CommandMember.EndsAt, Refusal.WindowOver);
        }

        Defer(Command.Has(CommandMember.PreferNativeScheduling)
            ? Command.IsDeferred : Code.Has(CodeOptions.Deferred));
    }

    private void CheckWindow()
    {
        if (Code.EndsAt != 0 && Code.EndsAt <= Code.StartsAt)
        {
            _outcome.Refuse(CommandMember.EndsAt, Refusal.WindowReversed);
        }

        if (Code.EndsAt != 0 && Code.Has(CodeOptions.Duress))
        {
            _outcome.Refuse(CommandMember.StartsAt, Refusal.WindowForDuress);
        }
    }
}
