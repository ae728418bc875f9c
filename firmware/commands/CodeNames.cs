// What a lock asks of names. CodeCreation and CodeUpdate call it.

using System;

namespace Keyway.Firmware;

/// <summary>Judges the name of a code that is made or changed.</summary>
/// <remarks>
/// A code without a name has <see cref="CodeConstraints.DefaultName"/> of its slot. Where names are
/// unique, those names are given to nobody else, so that they are.
/// </remarks>
public sealed class CodeNames
{
    private const int None = -1;
    private readonly CodeConstraints _constraints;
    private readonly CodeBook _book;

    /// <summary>Wires it.</summary>
    public CodeNames(CodeConstraints constraints, CodeBook book)
    {
        _constraints = constraints;
        _book = book;
    }

    /// <summary>Gives a code the name of a command, cut to what the lock keeps: never refused for
    /// being long.</summary>
    public void Put(Command command, AccessCode code)
    {
        Array.Copy(command.Name, 0, code.Bytes, AccessCode.NameOffset, Limits.NameBytes);
        if (_constraints.Asks(CodeConstraint.NameLength))
        {
            code.CutName(_constraints.NameMax);
        }
    }

    /// <summary>Judges a name, which may be too short, or another's. None is never refused.
    /// </summary>
    /// <param name="order">Holds the code, and learns what is wrong.</param>
    /// <param name="slot">The code's slot, -1 for a new one.</param>
    public StorageStatus Judge(CodeOrder order, int slot)
    {
        if (order.Code.NameCount == 0)
        {
            return StorageStatus.Ok;
        }

        // As it was given: what the lock keeps of a long one may have fewer characters.
        if (_constraints.Asks(CodeConstraint.NameLength)
            && order.Command.NameCharacters < _constraints.NameMin)
        {
            order.Command.Refuse(CommandMember.Name, Refusal.NameLength);
        }

        if (_constraints.Asks(CodeConstraint.UniqueName) && IsDefaultOfOther(order.Code, slot))
        {
            order.Other.Clear();
            return order.Refuse(CommandMember.Name, Refusal.NameNotUnique);
        }

        int at = _book.Slots.Details.FindName(order.Code, 0);
        while (at != None)
        {
            StorageStatus status = at == slot
                ? StorageStatus.Damaged : _book.ReadOrLose(at, order.Other);
            if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
            {
                return status;
            }

            if (status == StorageStatus.Ok && order.Other.HasNameOf(order.Code))
            {
                return order.Refuse(CommandMember.Name, Refusal.NameNotUnique);
            }

            at = _book.Slots.Details.FindName(order.Code, at + 1);
        }

        return StorageStatus.Ok;
    }

    // Only the number at the end of a name can say of which slot it may be the default.
    private bool IsDefaultOfOther(AccessCode code, int slot)
    {
        int end = AccessCode.NameOffset + code.NameCount;
        int number = 0;
        int unit = 1;
        for (int i = end - 1; i >= AccessCode.NameOffset && number <= _book.Capacity
            && code.Bytes[i] >= '0' && code.Bytes[i] <= '9'; i--)
        {
            number += (code.Bytes[i] - '0') * unit;
            unit = unit <= Limits.Slots ? unit * 10 : unit;
        }

        return number >= 1 && number <= _book.Capacity && number - 1 != slot
            && code.HasName(_constraints.DefaultName(number - 1));
    }
}
