// Carries out access_codes/create. CommandDesk calls it through CodeCommands; it calls
// CodeDigits and CodeBook.

using System;

namespace Keyway.Firmware;

/// <summary>Makes an access code.</summary>
public sealed class CodeCreation
{
    private const int None = -1;
    private readonly CodeOrder _order;
    private readonly LockState _state;
    private readonly CodeBook _book;
    private readonly CodeRoom _room;
    private readonly CodeDigits _digits;
    private readonly CodeNames _names;
    private readonly TimeOfDay _time;

    /// <summary>Wires it.</summary>
    public CodeCreation(CodeOrder order, CodeBook book, CodeRoom room, LockState state,
        CodeDigits digits, CodeNames names, TimeOfDay time)
    {
        _order = order;
        _book = book;
        _room = room;
        _state = state;
        _digits = digits;
        _names = names;
        _time = time;
    }

    private Command Command => _order.Command;

    private AccessCode Code => _order.Code;

    private AccessCode Other => _order.Other;

    /// <summary>Carries the command out.</summary>
    public StorageStatus Run()
    {
        FillNew();
        StorageStatus status = _book.FindById(_order.Id, 0, Other, out int slot);
        if (status != StorageStatus.Ok)
        {
            return status;
        }

        if (slot != None)
        {
            if (!_digits.IsSame(Command, Code, Other) || !Other.HasContentOf(Code))
            {
                _order.Refuse(CommandMember.AccessCodeId, Refusal.AccessCodeIdTaken);
            }

            return StorageStatus.Ok;
        }

        if (_book.Tombstones.Contains(_order.Id, 0))
        {
            return _order.Refuse(CommandMember.AccessCodeId, Refusal.AccessCodeIdDeleted);
        }

        _order.JudgeStart();
        status = _names.Judge(_order, None);
        if (status == StorageStatus.Ok && Command.Refusal == Refusal.None)
        {
            status = _digits.Fill(Command, Code, None, Other);
        }

        if (status == StorageStatus.Ok && Command.Refusal == Refusal.None)
        {
            status = HasRoom ? SwitchPool() : StorageStatus.Full;
            if (status == StorageStatus.Ok)
            {
                _order.NoteStatus(Code, false);
                status = _order.Store(
                    _book.Add(Code, out int location), Code.Bytes, location);
            }
        }

        return status;
    }

    private void FillNew()
    {
        Code.Clear();
        _order.Begin(CommandAction.Create);
        Array.Copy(_order.Id, 0, Code.Bytes, Frame.AccessCodeId, Uuid.SizeBytes);
        _names.Put(Command, Code);
        Code.StartsAt = Command.StartsAt;
        Code.EndsAt = Command.EndsAt;
        Code.CreatedAt = _time.Utc;
        Code.Set(CodeOptions.OneTime, Command.IsTrue(CommandMember.IsOneTimeUse));
        Code.Set(CodeOptions.ExternalModification, Command.AllowsExternalModification);
        Code.Set(CodeOptions.UsesPool, Command.IsTrue(CommandMember.UseBackupPool));
        Code.Set(CodeOptions.Duress, Command.IsTrue(CommandMember.Duress));
        _order.Defer(Command.IsDeferred);
    }

    // Also a code that switches the pool on leaves it its places.
    private bool HasRoom => _room.HasRoomForCode && _room.FreeSlotsWith(
        _state.IsPoolOn || Code.Has(CodeOptions.UsesPool)) > 0;

    // The pool is places that nobody else gets: digits that are not given out cannot be guessed.
    private StorageStatus SwitchPool()
    {
        if (!Code.Has(CodeOptions.UsesPool) || _state.IsPoolOn)
        {
            return StorageStatus.Ok;
        }

        _state.IsPoolOn = true;
        return _state.Save();
    }
}
