// What the codes on the lock have to say about new digits. CodeDigits calls it; it calls CodeBook
// and MasterCode.

namespace Keyway.Firmware;

/// <summary>Judges digits by those that are there.</summary>
public sealed class DigitsJudge
{
    private const int None = -1;
    private readonly AgentSettings _settings;
    private readonly CodeBook _book;
    private readonly MasterCode _master;
    private readonly AccessCode _known = new();

    /// <summary>Wires it.</summary>
    public DigitsJudge(AgentSettings settings, CodeBook book, MasterCode master)
    {
        _settings = settings;
        _book = book;
        _master = master;
    }

    /// <summary>On one lock a common key stands for the same digits, whoever gave them. Who alone
    /// has the key may change them.</summary>
    /// <param name="command">Is refused where another code has the key, and other digits.</param>
    /// <param name="code">Holds the MACs of both.</param>
    /// <param name="slot">Its slot, -1 for a new one.</param>
    /// <returns>Ok, or why the lock's codes cannot be asked now.</returns>
    public StorageStatus JudgeKey(Command command, AccessCode code, int slot)
    {
        int at = _book.Slots.Details.FindKey(code, 0);
        while (at != None)
        {
            StorageStatus status = at == slot
                ? StorageStatus.Damaged : _book.ReadOrLose(at, _known);
            if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
            {
                return status;
            }

            bool hasKey = status == StorageStatus.Ok && DeviceSecret.AreEqual(_known.Bytes,
                AccessCode.CommonKeyOffset, code.Bytes, AccessCode.CommonKeyOffset);
            if (hasKey && !DeviceSecret.AreEqual(
                _known.Bytes, Frame.DigitsMac, code.Bytes, Frame.DigitsMac))
            {
                command.Refuse(CommandMember.CommonCodeKey, Refusal.CommonKeyMismatch);
                return StorageStatus.Ok;
            }

            at = _book.Slots.Details.FindKey(code, at + 1);
        }

        return StorageStatus.Ok;
    }

    /// <summary>Judges what follows from all the codes on the lock.</summary>
    /// <param name="command">Is refused where digits are taken, or too easy to guess.</param>
    /// <param name="code">Holds the MACs of the digits.</param>
    /// <param name="slot">Its slot, -1 for a new one.</param>
    /// <param name="other">Receives the code that has the digits already; zeros when none has.
    /// </param>
    /// <param name="digits">ASCII.</param>
    /// <param name="count">How many.</param>
    /// <returns>Ok, or why the lock's codes cannot be asked now.</returns>
    public StorageStatus JudgeOthers(Command command, AccessCode code, int slot, AccessCode other,
        byte[] digits, int count)
    {
        StorageStatus status = _book.FindByMac(code.Bytes, Frame.DigitsMac, out int taken);
        if (taken != None && taken != slot)
        {
            status = _book.ReadOrLose(taken, other);
            command.Refuse(CommandMember.Code,
                status == StorageStatus.Ok ? Refusal.DigitsTaken : Refusal.None);
        }

        if ((status != StorageStatus.Ok && status != StorageStatus.Damaged)
            || command.Refusal != Refusal.None)
        {
            return status;
        }

        if (_master != null && _master.Matches(digits, count))
        {
            other.Clear();
            return Refuse(command, Refusal.DigitsTaken);
        }

        status = JudgeFirstFour(command, code, slot, other);
        if (status == StorageStatus.Ok)
        {
            JudgeGuessing(command, slot, count);
        }

        return status;
    }

    // Four bytes of MAC in RAM tell; a code that cannot be read any more is in nobody's way.
    private StorageStatus JudgeFirstFour(
        Command command, AccessCode code, int slot, AccessCode other)
    {
        int at = _book.Slots.Details.FindFirstFour(code, 0);
        while (at != None)
        {
            StorageStatus status = at == slot
                ? StorageStatus.Damaged : _book.ReadOrLose(at, other);
            if (status == StorageStatus.Ok)
            {
                return Refuse(command, Refusal.FirstFourTaken);
            }

            if (status != StorageStatus.Damaged)
            {
                return status;
            }

            at = _book.Slots.Details.FindFirstFour(code, at + 1);
        }

        return StorageStatus.Ok;
    }

    private static StorageStatus Refuse(Command command, Refusal refusal)
    {
        command.Refuse(CommandMember.Code, refusal);
        return StorageStatus.Ok;
    }

    // Codes over 10^digits: how often a guess opens the door.
    private void JudgeGuessing(Command command, int slot, int count)
    {
        long codes = _book.Count + (slot == None ? 1 : 0);
        long numbers = 1;
        for (int i = 0; i < count; i++)
        {
            numbers *= 10;
        }

        if (_settings.RefusesGuessable && codes * Limits.GuessOneIn > numbers)
        {
            command.Refuse(CommandMember.Code, Refusal.TooGuessable);
        }
    }
}
