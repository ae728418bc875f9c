// What a lock asks of names. CodeEdits calls it.

using System;

namespace Keyway.Firmware;

/// <summary>Puts names into codes, and refuses those that a lock does not take.</summary>
public static class CodeNames
{
    private const int None = -1;

    /// <summary>Puts the command's name into a code, cut to what the lock keeps.</summary>
    public static void Put(CodeConstraints constraints, Command command, AccessCode code)
    {
        Array.Clear(code.Bytes, AccessCode.NameOffset, Limits.NameBytes);
        Array.Copy(command.Payload, command.NameOffset, code.Bytes, AccessCode.NameOffset,
            command.NameCount);
        if (constraints.Asks(CodeConstraint.NameLength))
        {
            code.CutName(constraints.NameMax);
        }
    }

    /// <summary>Refuses a name that is too short, or that another code has.</summary>
    /// <param name="constraints">The lock's.</param>
    /// <param name="book">The codes.</param>
    /// <param name="outcome">Its code has the name; the other is overwritten, and is the one that
    /// is in the way.</param>
    /// <param name="slot">Of the code itself; -1 while it has none.</param>
    /// <returns>Ok: nothing is refused, or a refusal stands in the command. Else what the log says
    /// of a code that could not be read.</returns>
    public static StorageStatus Check(
        CodeConstraints constraints, CodeBook book, Outcome outcome, int slot)
    {
        AccessCode code = outcome.Code;
        bool isUnique = constraints.Asks(CodeConstraint.UniqueName);
        bool isBound = constraints.Asks(CodeConstraint.NameLength);
        if ((!isUnique && !isBound) || code.NameCount == 0)
        {
            return StorageStatus.Ok;
        }

        // As it was given: what the lock keeps of a long one may have fewer characters.
        if (isBound && outcome.Command.NameCharacters < constraints.NameMin)
        {
            outcome.Refuse(CommandMember.Name, Refusal.NameLength);
        }

        if (isUnique && IsDefaultOfOther(constraints, book, code, slot))
        {
            outcome.Other.Clear();
            outcome.Refuse(CommandMember.Name, Refusal.NameNotUnique);
            return StorageStatus.Ok;
        }

        return isUnique ? CheckOthers(book, outcome, slot) : StorageStatus.Ok;
    }

    private static StorageStatus CheckOthers(CodeBook book, Outcome outcome, int slot)
    {
        int at = book.Slots.FindName(outcome.Code, 0);
        while (at != None)
        {
            StorageStatus status = at == slot
                ? StorageStatus.Damaged : book.ReadOrLose(at, outcome.Other);
            if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
            {
                return status;
            }

            if (status == StorageStatus.Ok && outcome.Other.HasNameOf(outcome.Code))
            {
                outcome.Refuse(CommandMember.Name, Refusal.NameNotUnique);
                return StorageStatus.Ok;
            }

            at = book.Slots.FindName(outcome.Code, at + 1);
        }

        return StorageStatus.Ok;
    }

    // Only the number at the end of a name can say of which slot it may be the default.
    private static bool IsDefaultOfOther(
        CodeConstraints constraints, CodeBook book, AccessCode code, int slot)
    {
        int end = AccessCode.NameOffset + code.NameCount;
        int number = 0;
        int unit = 1;
        for (int i = end - 1; i >= AccessCode.NameOffset && number <= book.Capacity
            && code.Bytes[i] >= '0' && code.Bytes[i] <= '9'; i--)
        {
            number += (code.Bytes[i] - '0') * unit;
            unit = unit <= Limits.Slots ? unit * 10 : unit;
        }

        return number >= 1 && number <= book.Capacity && number - 1 != slot
            && code.HasName(constraints.DefaultName(number - 1));
    }
}
