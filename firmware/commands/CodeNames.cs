// What a lock asks of names. CodeCreation and CodeUpdate call it.

using System;

namespace Keyway.Firmware;

/// <summary>Judges the name of a code that is made or changed.</summary>
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

    /// <summary>Judges a name, which may be too short, or another's.</summary>
    /// <param name="order">Holds the code, and learns what is wrong.</param>
    /// <param name="slot">The code's slot, -1 for a new one.</param>
    public StorageStatus Judge(CodeOrder order, int slot)
    {
        if (_constraints.Asks(CodeConstraint.NameLength)
            && order.Code.NameCount < _constraints.NameMin)
        {
            order.Command.Refuse(CommandMember.Name, Refusal.NameLength);
        }

        int at = _book.Slots.Details.FindName(order.Code, 0);
        while (at != None)
        {
            StorageStatus status = at == slot ? StorageStatus.Damaged : _book.Read(at, order.Other);
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
}
