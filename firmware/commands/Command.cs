// A command as read from its payload. CommandReader fills it, CommandRules judges it,
// CommandDesk carries it out. One object, used again for every command.

using System;

namespace Keyway.Firmware;

/// <summary>The members of a command. A member counts only when it is present.</summary>
public sealed class Command
{
    private int _present;
    private int _true;

    /// <summary>What it wants; its topic says so.</summary>
    public CommandAction Action { get; set; }

    /// <summary>action_attempt_id, 16 bytes.</summary>
    public byte[] ActionAttemptId { get; } = new byte[Uuid.SizeBytes];

    /// <summary>access_code_id, 16 bytes; the attempt's when absent.</summary>
    public byte[] AccessCodeId { get; } = new byte[Uuid.SizeBytes];

    /// <summary>device_id, 16 bytes.</summary>
    public byte[] DeviceId { get; } = new byte[Uuid.SizeBytes];

    /// <summary>The digits, ASCII; cleared as soon as the command has been answered.</summary>
    public byte[] Code { get; } = new byte[Limits.CodeDigitsMax];

    /// <summary>Digits of <see cref="Code"/>.</summary>
    public int CodeCount { get; set; }

    /// <summary>The name, UTF-8, cut between characters.</summary>
    public byte[] Name { get; } = new byte[Limits.NameBytes];

    /// <summary>Bytes of <see cref="Name"/>.</summary>
    public int NameCount { get; set; }

    /// <summary>Characters of the name as it was given, whole.</summary>
    public int NameCharacters { get; set; }

    /// <summary>issued_at in unix seconds.</summary>
    public long IssuedAt { get; set; }

    /// <summary>expires_at in unix seconds.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>starts_at in unix seconds; 0 when absent.</summary>
    public long StartsAt { get; set; }

    /// <summary>ends_at in unix seconds; 0 when absent.</summary>
    public long EndsAt { get; set; }

    /// <summary>preferred_code_length, or 0.</summary>
    public int PreferredCodeLength { get; set; }

    /// <summary>common_code_key, UTF-8.</summary>
    public byte[] CommonKey { get; } = new byte[Limits.CommonKeyBytes];

    /// <summary>Bytes of <see cref="CommonKey"/>; 0 when absent.</summary>
    public int CommonKeyCount { get; set; }

    /// <summary>max_time_rounding in s.</summary>
    public int MaxRoundingSeconds { get; set; }

    /// <summary>With type: the access code is to become an ongoing one.</summary>
    public bool BecomesOngoing { get; set; }

    /// <summary>With keyway_offline_label: a one-time code, and not a time-bound one.</summary>
    public bool IsOneTimeLabel { get; set; }

    /// <summary>With action_type: LOCK_DOOR, and not UNLOCK_DOOR.</summary>
    public bool IsLockType { get; set; }

    /// <summary>keyway_offline_index, 0 to 999.</summary>
    public int OfflineIndex { get; set; }

    /// <summary>limit of a list, or 0.</summary>
    public int Limit { get; set; }

    /// <summary>page_cursor of a list: the slot to begin with.</summary>
    public int PageCursor { get; set; }

    /// <summary>The try with which making digits goes on in the next step; 0 at first.</summary>
    public int NextTry { get; set; }

    /// <summary>The first thing wrong with the payload.</summary>
    public Refusal Refusal { get; private set; }

    /// <summary>The member that is wrong.</summary>
    public CommandMember RefusedMember { get; private set; }

    /// <summary>With <see cref="Refusal.NotJson"/>: what is wrong.</summary>
    public JsonError JsonError { get; private set; }

    /// <summary>With <see cref="Refusal.NotJson"/>: at which byte.</summary>
    public int JsonPosition { get; private set; }

    /// <summary>True when a member is present and has been read.</summary>
    public bool Has(CommandMember member) => (_present & (1 << (int)member)) != 0;

    /// <summary>Says that a member is present and has been read.</summary>
    public void Set(CommandMember member) => _present |= 1 << (int)member;

    /// <summary>The value of a member that is true or false; false when absent.</summary>
    public bool IsTrue(CommandMember member) => (_true & (1 << (int)member)) != 0;

    /// <summary>Says that a member is present, and true or false.</summary>
    public void Set(CommandMember member, bool value)
    {
        Set(member);
        _true |= value ? 1 << (int)member : 0;
    }

    /// <summary>The value of two members of which one is an alias of the other; false when both
    /// are absent.</summary>
    private bool IsEither(CommandMember member, CommandMember alias) =>
        IsTrue(member) || IsTrue(alias);

    /// <summary>True when a code that the lock can check by itself is meant.</summary>
    public bool IsOffline =>
        IsEither(CommandMember.IsOfflineAccessCode, CommandMember.UseOfflineAccessCode);

    /// <summary>True when the code may be changed at the keypad.</summary>
    public bool AllowsExternalModification => IsEither(
        CommandMember.IsExternalModificationAllowed, CommandMember.AllowExternalModification);

    /// <summary>True when the agent, and not the keypad, shall keep to the window.</summary>
    public bool IsDeferred => Has(CommandMember.PreferNativeScheduling)
        && !IsTrue(CommandMember.PreferNativeScheduling);

    /// <summary>Says that a member cannot be relied on after all.</summary>
    public void Unset(CommandMember member) => _present &= ~(1 << (int)member);

    /// <summary>Notes what is wrong, unless something was noted before.</summary>
    /// <param name="member">The member that is wrong.</param>
    /// <param name="refusal">Why.</param>
    public void Refuse(CommandMember member, Refusal refusal)
    {
        if (Refusal == Refusal.None && refusal != Refusal.None)
        {
            RefusedMember = member;
            Refusal = refusal;
        }
    }

    /// <summary>Notes that the payload is not JSON, unless something was noted before.</summary>
    /// <param name="member">The member in which reading ended.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="position">At which byte.</param>
    public void RefuseJson(CommandMember member, JsonError error, int position)
    {
        if (Refusal == Refusal.None)
        {
            Refuse(member, Refusal.NotJson);
            JsonError = error;
            JsonPosition = position;
        }
    }

    /// <summary>Forgets everything, the digits included.</summary>
    public void Clear()
    {
        _present = 0;
        _true = 0;
        Action = CommandAction.Create;
        PreferredCodeLength = 0;
        CommonKeyCount = 0;
        MaxRoundingSeconds = 0;
        BecomesOngoing = false;
        IsOneTimeLabel = false;
        IsLockType = false;
        OfflineIndex = 0;
        Limit = 0;
        PageCursor = 0;
        NextTry = 0;
        Refusal = Refusal.None;
        JsonError = JsonError.None;
        JsonPosition = 0;
        CodeCount = 0;
        NameCount = 0;
        NameCharacters = 0;
        IssuedAt = 0;
        ExpiresAt = 0;
        StartsAt = 0;
        EndsAt = 0;
        Array.Clear(Code, 0, Code.Length);
        Array.Clear(Name, 0, Name.Length);
        Array.Clear(CommonKey, 0, CommonKey.Length);
    }
}
