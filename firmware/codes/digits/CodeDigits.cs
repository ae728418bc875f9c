// Where the digits of an access code come from: given, following from a common code key, or made by
// the lock; and what the codes on the lock have to say about them. CodeEdits and BackupEdits call
// it; it calls CodeConstraints, MadeDigits and CodeBook.

using System;

namespace Keyway.Firmware;

/// <summary>Gives an access code its digits, of which the lock keeps MACs only.</summary>
public sealed class CodeDigits
{
    private const int None = -1;
    private readonly AgentSettings _settings;
    private readonly CodeBook _book;
    private readonly byte[] _digits = new byte[Limits.CodeDigitsMax];
    private int _count;

    /// <summary>Wires it.</summary>
    public CodeDigits(AgentSettings settings, CodeBook book)
    {
        _settings = settings;
        _book = book;
    }

    /// <summary>Gives a code the digits that the command asks for, unless something forbids them.
    /// </summary>
    /// <param name="outcome">Its code receives MACs and how the digits were made; the other is
    /// overwritten, and is the one that is in the way.</param>
    /// <param name="slot">Of the code itself; -1 while it has none.</param>
    /// <returns>Ok: done, or a refusal stands in the command. NotReady with more tries to make:
    /// call again. Else what the log says of a code that could not be read.</returns>
    public StorageStatus Fill(Outcome outcome, int slot)
    {
        Command command = outcome.Command;
        AccessCode code = outcome.Code;
        bool isBackup = command.Action == CommandAction.PullBackup;
        bool isGiven = !isBackup && command.Has(CommandMember.Code);
        bool isOfKey = !isBackup && command.CommonKeyCount > 0;
        bool hadKey = PutKey(command, code, isOfKey);
        StorageStatus status = StorageStatus.Ok;
        bool isNew = true;
        if (isGiven)
        {
            isNew = TakeGiven(outcome, slot, hadKey);
        }
        else if (isOfKey && _settings.SiteSecret == null)
        {
            outcome.Refuse(CommandMember.CommonCodeKey, Refusal.NoSiteSecret);
        }
        else
        {
            status = Make(outcome, isOfKey, isOfKey ? _settings.SiteCodeLength
                : LengthFor(isBackup ? 0 : command.PreferredCodeLength));
            outcome.Refuse(CommandMember.CommonCodeKey, status == StorageStatus.Ok && isOfKey
                ? _settings.Constraints.Judge(_digits, _count) : Refusal.None);
        }

        if (status == StorageStatus.Ok && outcome.IsOpen && (isGiven || isOfKey))
        {
            status = isNew ? CheckLike(outcome, slot, true) : status;
            status = status == StorageStatus.Ok && outcome.IsOpen
                ? CheckOthers(outcome, slot) : status;
        }

        if (_settings.RefusesGuessable && status == StorageStatus.Ok
            && CodeRoom.IsGuessable(_book.Count + (slot == None ? 1 : 0), _count))
        {
            outcome.Refuse(CommandMember.Code, Refusal.TooGuessable);
        }

        Array.Clear(_digits, 0, _digits.Length);
        return status;
    }

    /// <summary>True when a stored code has the digits that a repeated create asks for.</summary>
    /// <param name="command">The create.</param>
    /// <param name="code">Receives what can be compared.</param>
    /// <param name="stored">The code as it is.</param>
    public bool IsSame(Command command, AccessCode code, AccessCode stored)
    {
        bool isOfKey = command.CommonKeyCount > 0;
        PutKey(command, code, isOfKey);
        if (command.Has(CommandMember.Code))
        {
            Array.Copy(command.Payload, command.CodeOffset, _digits, 0, command.CodeCount);
            _book.Secret.ComputeDigitsMac(
                _digits, command.CodeCount, code.Bytes, Frame.DigitsMac);
            Array.Clear(_digits, 0, _digits.Length);
            return true;
        }

        Array.Copy(stored.Bytes, Frame.DigitsMac, code.Bytes, Frame.DigitsMac, Frame.MacBytes);
        return stored.Has(CodeOptions.Derived)
            && stored.Has(CodeOptions.FromCommonKey) == isOfKey
            && (isOfKey || stored.MadeDigits == LengthFor(command.PreferredCodeLength));
    }

    // True: the code had the key before, or both have none.
    private bool PutKey(Command command, AccessCode code, bool isOfKey)
    {
        if (!isOfKey)
        {
            return true;
        }

        var former = new byte[Frame.MacBytes];
        Array.Copy(code.Bytes, AccessCode.CommonKeyOffset, former, 0, Frame.MacBytes);
        _book.Secret.ComputeCommonKeyMac(command.Payload, command.CommonKeyOffset,
            command.CommonKeyCount, code.Bytes, AccessCode.CommonKeyOffset);
        return DeviceSecret.AreEqual(former, 0, code.Bytes, AccessCode.CommonKeyOffset);
    }

    // False: the command repeats digits made by the lock, and does not count as giving them.
    private bool TakeGiven(Outcome outcome, int slot, bool hadKey)
    {
        Command command = outcome.Command;
        AccessCode code = outcome.Code;
        _count = command.CodeCount;
        Array.Copy(command.Payload, command.CodeOffset, _digits, 0, _count);
        outcome.Refuse(CommandMember.Code,
            _settings.Constraints.Asks(CodeConstraint.DigitsFromLockOnly)
                ? Refusal.DigitsFromLockOnly : _settings.Constraints.Judge(_digits, _count));
        var former = new byte[Frame.MacBytes];
        Array.Copy(code.Bytes, Frame.DigitsMac, former, 0, Frame.MacBytes);
        PutMacs(code);
        hadKey &= slot != None;
        if (hadKey && DeviceSecret.AreEqual(former, 0, code.Bytes, Frame.DigitsMac))
        {
            return false;
        }

        if (hadKey && code.Has(CodeOptions.FromCommonKey))
        {
            outcome.Refuse(CommandMember.CommonCodeKey, Refusal.CommonKeyDerived);
        }

        PutMade(code, CodeOptions.None, 0, 0);
        return true;
    }

    // Digits that the lock makes: the first try that fits. Of a common key only what the site asks
    // decides, so that every lock takes the same one.
    private StorageStatus Make(Outcome outcome, bool isOfKey, int length)
    {
        Command command = outcome.Command;
        AccessCode code = outcome.Code;
        MadeDigits made = MadeDigits.Of(_settings, _book.Secret.Hash, isOfKey);
        _count = length;
        int end = command.NextTry + Limits.MadeTriesPerStep;
        for (int attempt = command.NextTry; attempt < Limits.MadeTries; attempt++)
        {
            if (attempt == end)
            {
                command.NextTry = attempt;
                return StorageStatus.NotReady;
            }

            if (!made.TryMake(code.Bytes,
                isOfKey ? AccessCode.CommonKeyOffset : Frame.AccessCodeId,
                isOfKey ? Frame.MacBytes : Uuid.SizeBytes, length, attempt, _digits))
            {
                continue;
            }

            PutMacs(code);
            StorageStatus status = isOfKey ? StorageStatus.Ok : FindTaken(outcome);
            if (status == StorageStatus.Ok)
            {
                PutMade(code, isOfKey ? CodeOptions.Derived | CodeOptions.FromCommonKey
                    : CodeOptions.Derived, length, attempt);
                return StorageStatus.Ok;
            }

            if (status != StorageStatus.Full)
            {
                return status;
            }
        }

        outcome.Refuse(isOfKey ? CommandMember.CommonCodeKey : CommandMember.Code,
            Refusal.NothingFits);
        return StorageStatus.Ok;
    }

    // Full: somebody has them, or their first four.
    private StorageStatus FindTaken(Outcome outcome)
    {
        AccessCode code = outcome.Code;
        StorageStatus status = _book.FindByMac(
            code.Bytes, Frame.DigitsMac, outcome.Other, out int taken);
        return taken != None ? StorageStatus.Full
            : status != StorageStatus.Ok && status != StorageStatus.Damaged ? status
            : _book.Slots.FindFirstFour(code, 0) == None && !IsMaster()
                ? StorageStatus.Ok : StorageStatus.Full;
    }

    // All codes of a key have its digits; where the lock asks for it no two begin alike. A code
    // that cannot be read any more is in nobody's way.
    private StorageStatus CheckLike(Outcome outcome, int slot, bool isOfKey)
    {
        AccessCode code = outcome.Code;
        AccessCode known = outcome.Other;
        int at = FindLike(code, 0, isOfKey);
        while (at != None)
        {
            StorageStatus status = at == slot
                ? StorageStatus.Damaged : _book.ReadOrLose(at, known);
            if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
            {
                return status;
            }

            if (status == StorageStatus.Ok && isOfKey && IsOtherOfKey(code, known))
            {
                outcome.Refuse(CommandMember.CommonCodeKey, Refusal.CommonKeyMismatch);
                return StorageStatus.Ok;
            }

            if (status == StorageStatus.Ok && !isOfKey && HasFirstFourOf(code, known))
            {
                outcome.Refuse(CommandMember.Code, Refusal.FirstFourTaken);
                return StorageStatus.Ok;
            }

            at = FindLike(code, at + 1, isOfKey);
        }

        return StorageStatus.Ok;
    }

    private int FindLike(AccessCode code, int from, bool isOfKey) => isOfKey
        ? _book.Slots.FindKey(code, from) : _book.Slots.FindFirstFour(code, from);

    private static bool IsOtherOfKey(AccessCode code, AccessCode known) =>
        DeviceSecret.AreEqual(known.Bytes, AccessCode.CommonKeyOffset,
            code.Bytes, AccessCode.CommonKeyOffset)
        && !DeviceSecret.AreEqual(known.Bytes, Frame.DigitsMac, code.Bytes, Frame.DigitsMac);

    private static bool HasFirstFourOf(AccessCode code, AccessCode known) =>
        Frame.GetUInt32(code.Bytes, AccessCode.FirstFourOffset)
            == Frame.GetUInt32(known.Bytes, AccessCode.FirstFourOffset);

    private StorageStatus CheckOthers(Outcome outcome, int slot)
    {
        AccessCode code = outcome.Code;
        AccessCode other = outcome.Other;
        StorageStatus status = _book.FindByMac(
            code.Bytes, Frame.DigitsMac, other, out int taken);
        if (taken != None && taken != slot)
        {
            outcome.Refuse(CommandMember.Code, Refusal.DigitsTaken);
        }
        else if (IsMaster())
        {
            other.Clear();
            outcome.Refuse(CommandMember.Code, Refusal.DigitsTaken);
        }

        bool isRead = status == StorageStatus.Ok || status == StorageStatus.Damaged;
        return isRead && outcome.IsOpen ? CheckLike(outcome, slot, false) : status;
    }

    private bool IsMaster() => _book.Secret.IsMaster(_digits, _count);

    private int LengthFor(int preferred) => _settings.Constraints.Supports(preferred)
        ? preferred : _settings.Constraints.ShortestLength;

    private static void PutMade(AccessCode code, CodeOptions how, int count, int attempt)
    {
        code.Options = (code.Options & ~(CodeOptions.Derived | CodeOptions.FromCommonKey)) | how;
        code.MadeDigits = count;
        code.Try = attempt;
    }

    private void PutMacs(AccessCode code)
    {
        _book.Secret.ComputeDigitsMac(_digits, _count, code.Bytes, Frame.DigitsMac);
        PutFirstFour(code);
    }

    private void PutFirstFour(AccessCode code)
    {
        if (_settings.Constraints.Asks(CodeConstraint.UniqueFirstFour))
        {
            _book.Secret.ComputeFirstFourMac(
                _digits, code.Bytes, AccessCode.FirstFourOffset);
        }
    }
}
