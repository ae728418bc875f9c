// The topics of one lock; each is put together when it is needed. Link, Outbox and CommandRunner
// ask.

namespace Keyway.Firmware;

/// <summary>The names of a lock's topics.</summary>
public sealed class Topics
{
    private const string Prefix = "keyway/v1/";
    private const int CommandCount = (int)CommandAction.MoveDoor + 1;
    private readonly string _device;

    /// <summary>Makes the topics of one lock.</summary>
    /// <param name="deviceId">The lock's UUID as text.</param>
    public Topics(string deviceId) => _device = Prefix + deviceId + "/";

    /// <summary>Where commands come from, in the order of <see cref="CommandAction"/>; new at each
    /// call.</summary>
    public string[] Commands()
    {
        var topics = new string[CommandCount];
        for (int i = 0; i < CommandCount; i++)
        {
            topics[i] = CommandTopic(i);
        }

        return topics;
    }

    /// <summary>Where commands of one kind come from; empty for an action that is none.</summary>
    public string CommandTopic(int action) =>
        action < CommandCount ? _device + WordOf(action) : "";

    /// <summary>Answers to questions, and to what no action attempt of the API is.</summary>
    public string Answers => _device + "answers";

    /// <summary>Access codes are retained here, each under its id.</summary>
    /// <param name="buffer">Holds the id.</param>
    /// <param name="offset">Its first byte.</param>
    public string StateOf(byte[] buffer, int offset) =>
        _device + "access_codes/state/" + Uuid.ToText(buffer, offset);

    /// <summary>What happened.</summary>
    public string Events => _device + "events";

    /// <summary>Birth and will.</summary>
    public string Status => _device + "status";

    /// <summary>The state of the door.</summary>
    public string Door => _device + "locks/state";

    /// <summary>Finds what a topic asks for.</summary>
    /// <param name="topic">Of a message that has arrived.</param>
    /// <param name="action">What it asks for; meaningless with false.</param>
    /// <returns>False when it is none of the commands' topics.</returns>
    public bool TryGetAction(string topic, out CommandAction action)
    {
        action = CommandAction.Create;
        if (!topic.StartsWith(_device))
        {
            return false;
        }

        string word = topic.Substring(_device.Length);
        int found = 0;
        while (found < CommandCount && word != WordOf(found))
        {
            found++;
        }

        action = (CommandAction)found;
        return found < CommandCount;
    }

    /// <summary>Where the stored answers to commands of one kind go.</summary>
    public string AnswersTo(int action) =>
        action == (int)CommandAction.PullBackup ? Answers : _device + "action_attempts";

    private static string WordOf(int action) => action switch
    {
        (int)CommandAction.Create => "access_codes/create",
        (int)CommandAction.Update => "access_codes/update",
        (int)CommandAction.Delete => "access_codes/delete",
        (int)CommandAction.PullBackup => "access_codes/pull_backup_access_code",
        (int)CommandAction.Get => "access_codes/get",
        (int)CommandAction.List => "access_codes/list",
        (int)CommandAction.UnlockDoor => "locks/unlock_door",
        (int)CommandAction.LockDoor => "locks/lock_door",
        _ => "locks/command",
    };
}
