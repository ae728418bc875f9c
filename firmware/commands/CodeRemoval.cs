// Carries out access_codes/delete. CommandDesk calls it through CodeCommands; it calls CodeBook.

namespace Keyway.Firmware;

/// <summary>Takes an access code from the lock, and its backup with it.</summary>
public sealed class CodeRemoval
{
    private readonly CodeOrder _order;
    private readonly CodeBook _book;
    private readonly CodeBackup _backup;
    private readonly TimeOfDay _time;
    private readonly byte[] _frame = new byte[Frame.SizeBytes];

    /// <summary>Wires it.</summary>
    public CodeRemoval(CodeOrder order, CodeBook book, CodeBackup backup, TimeOfDay time)
    {
        _order = order;
        _book = book;
        _backup = backup;
        _time = time;
    }

    /// <summary>Carries the command out.</summary>
    public StorageStatus Run()
    {
        StorageStatus status = _order.Find(out int slot);
        if (slot < 0)
        {
            return status;
        }

        status = _backup.Remove(_order.Other);
        if (status == StorageStatus.Ok)
        {
            _order.Other.WriteTombstone(_frame, _time.TombstoneEnd(_order.Other));
            _order.BeginFrame(_frame);
            status = _book.Remove(slot, _frame, out int location);
            status = _order.Store(status, _frame, location);
        }

        return status;
    }
}
