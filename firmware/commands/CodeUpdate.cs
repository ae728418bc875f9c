// Carries out access_codes/update: each member alone changes only what it names. CommandDesk
// calls it through CodeCommands; it calls CodeDigits and CodeBook.

using System;

namespace Keyway.Firmware;

/// <summary>Changes an access code.</summary>
public sealed class CodeUpdate
{
    private const int None = -1;
    private readonly CodeOrder _order;
    private readonly CodeBook _book;
    private readonly CodeDigits _digits;
    private readonly CodeNames _names;
    private readonly CodeBackup _backup;

    /// <summary>Wires it.</summary>
    public CodeUpdate(CodeOrder order, CodeBook book, CodeDigits digits, CodeNames names,
        CodeBackup backup)
    {
        _backup = backup;
        _order = order;
        _book = book;
        _digits = digits;
        _names = names;
    }

    private Command Command => _order.Command;

    private AccessCode Code => _order.Code;

    private AccessCode Other => _order.Other;

    /// <summary>Carries the command out.</summary>
    public StorageStatus Run()
    {
        StorageStatus status = _order.Find(out int slot);
        if (slot == None)
        {
            return status;
        }

        if (Other.Has(CodeOptions.Offline))
        {
            return _order.Refuse(CommandMember.AccessCodeId, Refusal.IsOffline);
        }

        Array.Copy(Other.Bytes, 0, Code.Bytes, 0, Code.Bytes.Length);
        Code.Set(CodeOptions.Used, _book.IsUsed(Other));
        UpdateOptions();
        UpdateWindow();
        status = Command.Has(CommandMember.Name)
            ? _names.Judge(_order, slot) : StorageStatus.Ok;
        if (status == StorageStatus.Ok && Command.Refusal == Refusal.None
            && Command.Has(CommandMember.Code))
        {
            Code.Set(CodeOptions.ModifiedAtKeypad, false);
            status = _digits.Fill(Command, Code, slot, Other);
        }

        if (status != StorageStatus.Ok || Command.Refusal != Refusal.None)
        {
            return status;
        }

        status = _book.Read(slot, Other);
        return status == StorageStatus.Ok && !Code.HasContentOf(Other) ? Store() : status;
    }

    private StorageStatus Store()
    {
        // Other digits have not been used yet.
        if (!DeviceSecret.AreEqual(Code.Bytes, Frame.DigitsMac, Other.Bytes, Frame.DigitsMac))
        {
            Code.Set(CodeOptions.Used, false);
        }

        StorageStatus status = _backup.Follow(Code);
        if (status == StorageStatus.Ok)
        {
            _order.Begin(CommandAction.Update);
            _order.NoteStatus(Code, Code.Has(CodeOptions.Used));
            status = _order.Store(
                _book.Replace(Code, out int location), Code.Bytes, location);
        }

        return status;
    }

    private void UpdateOptions()
    {
        if (Command.Has(CommandMember.Name))
        {
            _names.Put(Command, Code);
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
    private void UpdateWindow()
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
            Command.Refuse(hasStart ? CommandMember.EndsAt : CommandMember.StartsAt,
                Refusal.WindowNeedsBoth);
        }

        Code.StartsAt = hasStart ? Command.StartsAt : Code.StartsAt;
        Code.EndsAt = hasEnd ? Command.EndsAt : Code.EndsAt;
        if (Code.EndsAt != 0 && Code.EndsAt <= Code.StartsAt)
        {
            Command.Refuse(CommandMember.EndsAt, Refusal.WindowReversed);
        }

        if (Code.EndsAt != 0 && Code.Has(CodeOptions.Duress))
        {
            Command.Refuse(CommandMember.StartsAt, Refusal.WindowForDuress);
        }

        if (hasStart && Code.StartsAt != Other.StartsAt)
        {
            _order.JudgeStart();
        }

        if (isChanged)
        {
            Command.Refuse(CommandMember.EndsAt,
                _order.HasEnded ? Refusal.WindowOver : Refusal.None);
            _order.Defer(Command.Has(CommandMember.PreferNativeScheduling)
                ? Command.IsDeferred : Code.Has(CodeOptions.Deferred));
        }
    }
}
