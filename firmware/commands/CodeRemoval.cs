// Carries out access_codes/delete. CommandDesk calls it through CodeCommands; it calls CodeBook.

namespace Keyway.Firmware;

/// <summary>Takes an access code from the lock, and its backup with it.</summary>
public sealed class CodeRemoval
{
    private readonly CodeOrder _order;
    private readonly Tables _tables;
    private readonly DeviceSecret _secret;
    private readonly EventLog _events;
    private readonly byte[] _backupId = new byte[Uuid.SizeBytes];
    private readonly byte[] _frame = new byte[Frame.SizeBytes];

    /// <summary>Wires it.</summary>
    public CodeRemoval(CodeOrder order, Tables tables, DeviceSecret secret, EventLog events)
    {
        _order = order;
        _tables = tables;
        _secret = secret;
        _events = events;
    }

    /// <summary>Carries the command out.</summary>
    public StorageStatus Run()
    {
        int slot = _tables.Book.FindById(_order.Id, 0, _order.Other);
        if (slot < 0)
        {
            return _order.Refuse(CommandMember.AccessCodeId, Refusal.CodeNotFound);
        }

        StorageStatus status = RemoveBackup();
        if (status == StorageStatus.Ok)
        {
            _order.Other.WriteTombstone(_frame, _order.UntilOf(_order.Other));
            _order.BeginFrame(_frame);
            status = _tables.Remove(slot, _frame, out int location);
            status = _order.Store(status, _frame, location);
        }

        return status;
    }

    // Whoever takes a code away means its backup too, which goes first: a power cut between leaves
    // the code, and the command comes again.
    private StorageStatus RemoveBackup()
    {
        if (!_order.Other.Has(CodeOptions.UsesPool))
        {
            return StorageStatus.Ok;
        }

        _secret.ComputeBackupId(_order.Id, _backupId, 0);
        int slot = _tables.Book.FindById(_backupId, 0, _order.Code);
        if (slot < 0)
        {
            return StorageStatus.Ok;
        }

        _order.Code.WriteTombstone(_frame, _order.UntilOf(_order.Code));
        StorageStatus status = _tables.Remove(slot, _frame, out _);
        if (status == StorageStatus.Ok)
        {
            _events.Changed(CodeChange.RemovedFromDevice, _frame);
        }

        return status;
    }
}
