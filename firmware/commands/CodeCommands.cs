// Carries out what changes access codes. CommandDesk calls it with a command that its rules
// let pass.

namespace Keyway.Firmware;

/// <summary>Changes access codes; the frame that does it carries the attempt.</summary>
public sealed class CodeCommands
{
    private readonly CodeCreation _creation;
    private readonly CodeUpdate _update;
    private readonly CodeRemoval _removal;
    private readonly CodeBackup _backup;
    private readonly OfflineCommands _offline;

    /// <summary>Wires it.</summary>
    public CodeCommands(AgentSettings settings, CodeBook book, CodeRoom room,
        ActionAttempts attempts, LockState state, CodeDigits digits, DeviceSecret secret,
        TimeOfDay time, EventLog events)
    {
        Order = new CodeOrder(book, attempts, time, settings.Constraints);
        CodeNames names = new(settings.Constraints, book);
        _creation = new CodeCreation(Order, book, room, state, digits, names, time);
        _backup = new CodeBackup(Order, book, room, digits, secret, time, events);
        _update = new CodeUpdate(Order, book, digits, names, _backup);
        _removal = new CodeRemoval(Order, book, _backup, time);
        _offline = new OfflineCommands(Order, settings, book, room, time);
    }

    /// <summary>The command that was carried out last.</summary>
    public CodeOrder Order { get; }

    /// <summary>Carries a command out.</summary>
    /// <param name="command">As read and judged; what stands in the way is noted in it.</param>
    /// <returns>
    /// Ok: the change is stored, or a refusal stands in the command, or neither, and everything was
    /// so already. Any other: nothing is stored.
    /// </returns>
    public StorageStatus Run(Command command)
    {
        Order.Take(command);
        StorageStatus status = OfflineCommands.Takes(command) ? _offline.Run()
            : command.Action == CommandAction.Create ? _creation.Run()
            : command.Action == CommandAction.Update ? _update.Run()
            : command.Action == CommandAction.Delete ? _removal.Run()
            : _backup.Run();
        if (status == StorageStatus.Ok && !Order.IsStored)
        {
            Order.NoteStatusOfOther();
        }

        return status;
    }
}
