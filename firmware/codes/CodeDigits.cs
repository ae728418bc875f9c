// Where the digits of an access code come from: given, following from a common code key, or made by
// the lock; and what of them the lock keeps. CodeCommands and AnswerWriter call it; it calls
// CodeConstraints, MadeDigits and CodeBook.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Finds and judges the digits of a code, and fills in their MACs.</summary>
/// <remarks>Digits that the lock makes are never stored: the try that made them is.</remarks>
public sealed class CodeDigits
{
    private const int None = -1;
    private readonly AgentSettings _settings;
    private readonly DeviceSecret _secret;
    private readonly DeviceSecret _keySecret;
    private readonly CodeBook _book;
    private readonly MasterCode _master;
    private readonly MadeDigits _made;
    private readonly MadeDigits _fromKey;
    private readonly OfflineCode _offline;
    private readonly byte[] _digits = new byte[Limits.CodeDigitsMax];
    private int _count;

    /// <summary>Wires it.</summary>
    public CodeDigits(AgentSettings settings, DeviceSecret secret, CodeBook book,
        MasterCode master, IKeyedHash hash)
    {
        _master = master;
        _settings = settings;
        _secret = secret;
        _book = book;
        _keySecret = settings.SiteSecret == null
            ? secret : new DeviceSecret(hash, settings.SiteSecret);
        _made = new MadeDigits(hash, settings.DeviceSecret, settings.Constraints);
        _fromKey = settings.SiteSecret == null
            ? null : new MadeDigits(hash, settings.SiteSecret, settings.SiteConstraints);
        _offline = settings.OfflineSecret == null
            ? null : new OfflineCode(hash, settings.OfflineSecret);
    }

    /// <summary>Finds the digits of a new code, or new digits of one, and judges them.</summary>
    /// <param name="command">Gives digits, a common key or neither; what is wrong is noted in it.
    /// </param>
    /// <param name="code">Its id is set; receives MACs and how the digits were made.</param>
    /// <param name="slot">Its slot, -1 for a new one.</param>
    /// <param name="other">Receives the code that has the digits already.</param>
    /// <returns>Ok, or why the lock's codes cannot be asked now.</returns>
    public StorageStatus Fill(Command command, AccessCode code, int slot, AccessCode other)
    {
        PutKey(command, code);
        StorageStatus status = command.Has(CommandMember.Code) ? TakeGiven(command, code)
            : command.CommonKeyCount > 0 ? TakeFromKey(command, code)
            : Make(command, code);
        if (status == StorageStatus.Ok && command.Refusal == Refusal.None)
        {
            PutMacs(code);
            status = JudgeOthers(command, code, slot, other);
        }

        Array.Clear(_digits, 0, _digits.Length);
        return status;
    }

    /// <summary>True when a repeated create means the digits that a code has.</summary>
    /// <param name="command">A create with the code's id.</param>
    /// <param name="code">Receives the MACs that it stands for.</param>
    /// <param name="stored">As stored.</param>
    public bool IsSame(Command command, AccessCode code, AccessCode stored)
    {
        PutKey(command, code);
        if (command.Has(CommandMember.Code))
        {
            _secret.ComputeDigitsMac(
                command.Code, command.CodeCount, code.Bytes, Frame.DigitsMac);
            return true;
        }

        Array.Copy(stored.Bytes, Frame.DigitsMac, code.Bytes, Frame.DigitsMac, Frame.MacBytes);
        return stored.Has(CodeOptions.Derived)
            && stored.Has(CodeOptions.FromCommonKey) == command.CommonKeyCount > 0
            && (command.CommonKeyCount > 0 || stored.MadeDigits == LengthFor(command));
    }

    /// <summary>Makes digits again that the lock has made.</summary>
    /// <param name="answer">As <see cref="ActionAttempts.Read"/> gives it.</param>
    /// <param name="digits">Receives them, ASCII.</param>
    /// <returns>How many; 0 when they were given, or their common key is gone with the code.
    /// </returns>
    public int Remake(AccessCode answer, byte[] digits)
    {
        var options = (CodeOptions)Frame.GetUInt16(answer.Bytes, Frame.AttemptOptions);
        int count = answer.Bytes[Frame.AttemptOptions + 2] >> 4;
        int attempt = answer.Bytes[Frame.AttemptOptions + 3];
        if ((options & CodeOptions.Derived) == 0)
        {
            return 0;
        }

        if ((options & CodeOptions.Offline) != 0)
        {
            return _offline != null
                && _offline.TryMakeFromId(answer.Bytes, Frame.AccessCodeId, digits) ? count : 0;
        }

        if ((options & CodeOptions.FromCommonKey) == 0)
        {
            return _made.TryMake(answer.Bytes, Frame.AccessCodeId, Uuid.SizeBytes,
                count, attempt, digits) ? count : 0;
        }

        bool hasKey = Frame.GetUInt32(answer.Bytes, AccessCode.CommonKeyOffset) != 0;
        return hasKey && _fromKey != null && _fromKey.TryMake(answer.Bytes,
            AccessCode.CommonKeyOffset, Frame.MacBytes, count, attempt, digits) ? count : 0;
    }

    private void PutKey(Command command, AccessCode code)
    {
        if (command.CommonKeyCount > 0)
        {
            _keySecret.ComputeCommonKeyMac(command.CommonKey, command.CommonKeyCount,
                code.Bytes, AccessCode.CommonKeyOffset);
        }
    }

    private StorageStatus TakeGiven(Command command, AccessCode code)
    {
        _count = command.CodeCount;
        Array.Copy(command.Code, 0, _digits, 0, _count);
        bool isFromLockOnly =
            (_settings.Constraints.Rules & CodeConstraint.DigitsFromLockOnly) != 0;
        command.Refuse(CommandMember.Code, isFromLockOnly
            ? Refusal.DigitsFromLockOnly : _settings.Constraints.Judge(_digits, _count));
        PutMade(code, CodeOptions.None, 0, 0);
        return JudgeKey(command, code);
    }

    // On one lock a common key stands for the same digits, whoever gave them.
    private StorageStatus JudgeKey(Command command, AccessCode code)
    {
        _secret.ComputeDigitsMac(_digits, _count, code.Bytes, Frame.DigitsMac);
        AccessCode known = new();
        int at = _book.Slots.Details.FindKey(code, 0);
        while (at != None)
        {
            StorageStatus status = _book.Read(at, known);
            if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
            {
                return status;
            }

            bool hasKey = status == StorageStatus.Ok && DeviceSecret.AreEqual(known.Bytes,
                AccessCode.CommonKeyOffset, code.Bytes, AccessCode.CommonKeyOffset);
            if (hasKey && !DeviceSecret.AreEqual(
                known.Bytes, Frame.DigitsMac, code.Bytes, Frame.DigitsMac))
            {
                command.Refuse(CommandMember.CommonCodeKey, Refusal.CommonKeyMismatch);
                return StorageStatus.Ok;
            }

            at = _book.Slots.Details.FindKey(code, at + 1);
        }

        return StorageStatus.Ok;
    }

    private StorageStatus TakeFromKey(Command command, AccessCode code)
    {
        if (_fromKey == null)
        {
            command.Refuse(CommandMember.CommonCodeKey, Refusal.NoSiteSecret);
            return StorageStatus.Ok;
        }

        // Only what the site asks decides, so that every lock takes the same try.
        _count = _settings.SiteCodeLength;
        for (int attempt = 0; attempt < Limits.MadeTries; attempt++)
        {
            if (_fromKey.TryMake(code.Bytes, AccessCode.CommonKeyOffset, Frame.MacBytes,
                _count, attempt, _digits))
            {
                PutMade(code, CodeOptions.Derived | CodeOptions.FromCommonKey, _count, attempt);
                command.Refuse(
                    CommandMember.CommonCodeKey, _settings.Constraints.Judge(_digits, _count));
                return JudgeKey(command, code);
            }
        }

        command.Refuse(CommandMember.CommonCodeKey, Refusal.NothingFits);
        return StorageStatus.Ok;
    }

    private StorageStatus Make(Command command, AccessCode code)
    {
        _count = LengthFor(command);
        for (int attempt = 0; attempt < Limits.MadeTries; attempt++)
        {
            if (!_made.TryMake(code.Bytes, Frame.AccessCodeId, Uuid.SizeBytes,
                _count, attempt, _digits))
            {
                continue;
            }

            PutMacs(code);
            StorageStatus status = _book.FindByMac(code.Bytes, Frame.DigitsMac, out int taken);
            if (status == StorageStatus.NotReady || status == StorageStatus.ChipFailed)
            {
                return status;
            }

            if (taken == None && !_master.Matches(_digits, _count)
                && _book.Slots.Details.FindFirstFour(code, 0) == None)
            {
                PutMade(code, CodeOptions.Derived, _count, attempt);
                return StorageStatus.Ok;
            }
        }

        command.Refuse(CommandMember.Code, Refusal.NothingFits);
        return StorageStatus.Ok;
    }

    private int LengthFor(Command command) =>
        _settings.Constraints.Supports(command.PreferredCodeLength)
            ? command.PreferredCodeLength : _settings.Constraints.ShortestLength;

    private static void PutMade(AccessCode code, CodeOptions how, int count, int attempt)
    {
        code.Set(CodeOptions.Derived | CodeOptions.FromCommonKey, false);
        code.Set(how, true);
        code.MadeDigits = count;
        code.Try = attempt;
    }

    private void PutMacs(AccessCode code)
    {
        _secret.ComputeDigitsMac(_digits, _count, code.Bytes, Frame.DigitsMac);
        if ((_settings.Constraints.Rules & CodeConstraint.UniqueFirstFour) != 0)
        {
            _secret.ComputeFirstFourMac(_digits, code.Bytes, AccessCode.FirstFourOffset);
        }
    }

    private StorageStatus JudgeOthers(
        Command command, AccessCode code, int slot, AccessCode other)
    {
        StorageStatus status = _book.FindByMac(code.Bytes, Frame.DigitsMac, out int taken);
        if (taken != None && taken != slot)
        {
            command.Refuse(CommandMember.Code, Refusal.DigitsTaken);
            return _book.Read(taken, other);
        }

        if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
        {
            return status;
        }

        if (_master.Matches(_digits, _count))
        {
            command.Refuse(CommandMember.Code, Refusal.DigitsTaken);
            return StorageStatus.Ok;
        }

        int first = _book.Slots.Details.FindFirstFour(code, 0);
        first = first == slot ? _book.Slots.Details.FindFirstFour(code, slot + 1) : first;
        if (first != None)
        {
            command.Refuse(CommandMember.Code, Refusal.FirstFourTaken);
            return _book.Read(first, other);
        }

        JudgeGuessing(command, slot);
        return StorageStatus.Ok;
    }

    // Codes over 10^digits: how often a guess opens the door.
    private void JudgeGuessing(Command command, int slot)
    {
        long codes = _book.Count + (slot == None ? 1 : 0);
        long numbers = 1;
        for (int i = 0; i < _count; i++)
        {
            numbers *= 10;
        }

        if (_settings.RefusesGuessable && codes * Limits.GuessOneIn > numbers)
        {
            command.Refuse(CommandMember.Code, Refusal.TooGuessable);
        }
    }
}
