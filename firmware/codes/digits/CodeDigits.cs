// Where the digits of an access code come from: given, following from a common code key, or made by
// the lock; and what of them the lock keeps. CodeCommands and AnswerWriter call it; it calls
// CodeConstraints, MadeDigits, DigitsJudge and CodeBook.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Finds the digits of a code, has them judged, and fills in their MACs.</summary>
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
    private readonly byte[] _formerKey = new byte[Frame.MacBytes];
    private readonly byte[] _mac = new byte[Frame.MacBytes];
    private readonly DigitsJudge _judge;
    private int _count;

    /// <summary>Wires it.</summary>
    public CodeDigits(AgentSettings settings, DeviceSecret secret, CodeBook book,
        MasterCode master, IKeyedHash hash)
    {
        _master = master;
        _settings = settings;
        _secret = secret;
        _book = book;
        _judge = new DigitsJudge(settings, book, master);
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
    /// <param name="other">Receives the code that has the digits already; zeros when none has.
    /// </param>
    /// <returns>
    /// Ok; NotReady with another <see cref="Command.NextTry"/> when so many tries have failed that
    /// the rest is for the next step; or why the lock's codes cannot be asked now.
    /// </returns>
    public StorageStatus Fill(Command command, AccessCode code, int slot, AccessCode other)
    {
        Array.Copy(code.Bytes, AccessCode.CommonKeyOffset, _formerKey, 0, Frame.MacBytes);
        PutKey(command, code);
        StorageStatus status = command.Has(CommandMember.Code) ? TakeGiven(command, code, slot)
            : command.CommonKeyCount > 0 ? TakeFromKey(command, code)
            : Make(command, code);
        if (status == StorageStatus.Ok && command.Refusal == Refusal.None)
        {
            PutMacs(code);
            status = _judge.JudgeOthers(command, code, slot, other, _digits, _count);
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

    private StorageStatus TakeGiven(Command command, AccessCode code, int slot)
    {
        _count = command.CodeCount;
        Array.Copy(command.Code, 0, _digits, 0, _count);
        bool isFromLockOnly =
            (_settings.Constraints.Rules & CodeConstraint.DigitsFromLockOnly) != 0;
        command.Refuse(CommandMember.Code, isFromLockOnly
            ? Refusal.DigitsFromLockOnly : _settings.Constraints.Judge(_digits, _count));
        _secret.ComputeDigitsMac(_digits, _count, _mac, 0);
        bool isSame = slot != None
            && DeviceSecret.AreEqual(_mac, 0, code.Bytes, Frame.DigitsMac);
        bool hasSameKey = slot != None && DeviceSecret.AreEqual(
            _formerKey, 0, code.Bytes, AccessCode.CommonKeyOffset);
        if (isSame && hasSameKey)
        {
            // Whoever repeats what the lock has made has not made it.
            return StorageStatus.Ok;
        }

        if (hasSameKey && code.Has(CodeOptions.FromCommonKey))
        {
            command.Refuse(CommandMember.CommonCodeKey, Refusal.CommonKeyDerived);
            return StorageStatus.Ok;
        }

        PutMade(code, CodeOptions.None, 0, 0);
        Array.Copy(_mac, 0, code.Bytes, Frame.DigitsMac, Frame.MacBytes);
        return _judge.JudgeKey(command, code, slot);
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
        int end = command.NextTry + Limits.MadeTriesPerStep;
        for (int attempt = command.NextTry; attempt < Limits.MadeTries; attempt++)
        {
            if (attempt == end)
            {
                return GoOnWith(attempt, command);
            }

            if (_fromKey.TryMake(code.Bytes, AccessCode.CommonKeyOffset, Frame.MacBytes,
                _count, attempt, _digits))
            {
                PutMade(code, CodeOptions.Derived | CodeOptions.FromCommonKey, _count, attempt);
                command.Refuse(
                    CommandMember.CommonCodeKey, _settings.Constraints.Judge(_digits, _count));
                _secret.ComputeDigitsMac(_digits, _count, code.Bytes, Frame.DigitsMac);
                return _judge.JudgeKey(command, code, None);
            }
        }

        command.Refuse(CommandMember.CommonCodeKey, Refusal.NothingFits);
        return StorageStatus.Ok;
    }

    private StorageStatus Make(Command command, AccessCode code)
    {
        _count = LengthFor(command);
        int end = command.NextTry + Limits.MadeTriesPerStep;
        for (int attempt = command.NextTry; attempt < Limits.MadeTries; attempt++)
        {
            if (attempt == end)
            {
                return GoOnWith(attempt, command);
            }

            if (!_made.TryMake(code.Bytes, Frame.AccessCodeId, Uuid.SizeBytes,
                _count, attempt, _digits))
            {
                continue;
            }

            PutMacs(code);
            StorageStatus status = _book.FindByMac(code.Bytes, Frame.DigitsMac, out int taken);
            if (taken != None)
            {
                continue;
            }

            if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
            {
                return status;
            }

            if (_book.Slots.Details.FindFirstFour(code, 0) == None
                && (_master == null || !_master.Matches(_digits, _count)))
            {
                PutMade(code, CodeOptions.Derived, _count, attempt);
                return StorageStatus.Ok;
            }
        }

        command.Refuse(CommandMember.Code, Refusal.NothingFits);
        return StorageStatus.Ok;
    }

    private static StorageStatus GoOnWith(int attempt, Command command)
    {
        command.NextTry = attempt;
        return StorageStatus.NotReady;
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
}
