using System;

namespace Keyway.Firmware;

/// <summary>The topics of one lock.</summary>
public sealed class Topics
{
    private const string Prefix = "keyway/v1/";

    private static readonly string[] Words =
    {
        "access_codes/create",
        "access_codes/update",
        "access_codes/delete",
        "access_codes/pull_backup_access_code",
        "access_codes/get",
        "access_codes/list",
        "locks/unlock_door",
        "locks/lock_door",
        "locks/command",
    };

    private readonly string[] _commands;

    /// <summary>Makes the topics of a lock.</summary>
    /// <param name="deviceId">Its id, lower case.</param>
    public Topics(string deviceId)
    {
        string device = Prefix + deviceId + "/";
        _commands = new string[Words.Length];
        for (int i = 0; i < Words.Length; i++)
        {
            _commands[i] = device + Words[i];
        }

        ActionAttempts = device + "action_attempts";
        Answers = device + "answers";
        State = device + "access_codes/state/";
        Events = device + "events";
        Status = device + "status";
        Door = device + "locks/state";
    }

    /// <summary>In: one topic a <see cref="CommandAction"/>, in its order. Not to be changed.
    /// </summary>
    public string[] Commands => _commands;

    /// <summary>Out: what get, list and pull_backup_access_code found.</summary>
    public string Answers { get; }

    /// <summary>Out: how commands ended.</summary>
    public string ActionAttempts { get; }

    /// <summary>Out, retained: to be followed by an access_code_id.</summary>
    public string State { get; }

    /// <summary>Out: what happened.</summary>
    public string Events { get; }

    /// <summary>Out, retained: birth and will.</summary>
    public string Status { get; }

    /// <summary>Out, retained: whether the door is locked, open, tampered with.</summary>
    public string Door { get; }

    /// <summary>What a topic asks for.</summary>
    /// <returns>False for a topic that is none of <see cref="Commands"/>.</returns>
    public bool TryGetAction(string topic, out CommandAction action)
    {
        int index = Array.IndexOf(_commands, topic);
        action = (CommandAction)(index < 0 ? 0 : index);
        return index >= 0;
    }

    /// <summary>Where the answer to a stored attempt goes.</summary>
    /// <param name="action">A <see cref="CommandAction"/>, as in the frame.</param>
    public string AnswersTo(int action) =>
        action == (int)CommandAction.PullBackup ? Answers : ActionAttempts;
}
