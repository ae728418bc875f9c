// What a lock asks of names. CodeCreation and CodeUpdate call it.

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

    /// <summary>Judges a name: it is cut, and never refused for being long; it may be too short,
    /// or another's.</summary>
    /// <param name="order">Holds the code, and learns what is wrong.</param>
    /// <param name="slot">The code's slot, -1 for a new one.</param>
    public StorageStatus Judge(CodeOrder order, int slot)
    {
        if ((_constraints.Rules & CodeConstraint.NameLength) != 0)
        {
            order.Code.CutName(_constraints.NameMax);
            if (order.Code.NameCount < _constraints.NameMin)
            {
                order.Command.Refuse(CommandMember.Name, Refusal.NameLength);
            }
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
