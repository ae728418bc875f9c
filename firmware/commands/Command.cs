// A command as read from its payload. CommandReader fills it, CommandRules judges it,
// CommandRunner carries it out. One object, used again for every command.

using System;

namespace Keyway.Firmware;

/// <summary>The members of a command. A member counts only when it is present.</summary>
/// <remarks>Texts lie in the payload, which belongs to the command until it is done.</remarks>
public sealed class Command
{
    private const int PlaceBits = 16;
    private const int PlaceMask = (1 << PlaceBits) - 1;

    // Of each member: true or false, a number, unix seconds, or offset and size of a text.
    private readonly int[] _values = new int[CommandMembers.Count];
    private int _present;
    private CommandMember _refusedMember;

    /// <summary>What it wants; its topic says so.</summary>
    public CommandAction Action { get; set; }

    /// <summary>Holds the texts, decoded.</summary>
    public byte[] Payload { get; internal set; }

    /// <summary>action_attempt_id, 16 bytes.</summary>
    public byte[] ActionAttemptId { get; } = new byte[Uuid.SizeBytes];

    /// <summary>access_code_id, 16 bytes.</summary>
    public byte[] AccessCodeId { get; } = new byte[Uuid.SizeBytes];

    /// <summary>The try with which making digits goes on in the next step; 0 at first.</summary>
    public int NextTry { get; set; }

    /// <summary>The first thing wrong with the payload.</summary>
    public Refusal Refusal { get; private set; }

    /// <summary>The member that is wrong.</summary>
    public CommandMember RefusedMember => _refusedMember;

    /// <summary>With device_id: it is the lock's own.</summary>
    public bool IsForThisLock => IsTrue(CommandMember.DeviceId);

    /// <summary>Where in <see cref="Payload"/> the digits are, ASCII.</summary>
    public int CodeOffset => OffsetOf(CommandMember.Code);

    /// <summary>How many digits.</summary>
    public int CodeCount => CountOf(CommandMember.Code);

    /// <summary>Where in <see cref="Payload"/> the name is, UTF-8.</summary>
    public int NameOffset => OffsetOf(CommandMember.Name);

    /// <summary>Bytes of the name that the lock keeps; it is cut between characters.</summary>
    public int NameCount => Utf8.CutLength(
        Payload, NameOffset, CountOf(CommandMember.Name), Limits.NameBytes);

    /// <summary>Characters of the name as it was given, whole.</summary>
    public int NameCharacters => Utf8.CountCharacters(
        Payload, NameOffset, CountOf(CommandMember.Name));

    /// <summary>Where in <see cref="Payload"/> common_code_key is, UTF-8.</summary>
    public int CommonKeyOffset => OffsetOf(CommandMember.CommonCodeKey);

    /// <summary>Bytes of common_code_key; 0 when absent.</summary>
    public int CommonKeyCount => CountOf(CommandMember.CommonCodeKey);

    /// <summary>issued_at in unix seconds; 0 when absent, as all times and numbers.</summary>
    public long IssuedAt => (uint)_values[(int)CommandMember.IssuedAt];

    /// <summary>expires_at in unix seconds.</summary>
    public long ExpiresAt => (uint)_values[(int)CommandMember.ExpiresAt];

    /// <summary>starts_at in unix seconds.</summary>
    public long StartsAt => (uint)_values[(int)CommandMember.StartsAt];

    /// <summary>ends_at in unix seconds.</summary>
    public long EndsAt => (uint)_values[(int)CommandMember.EndsAt];

    /// <summary>preferred_code_length.</summary>
    public int PreferredCodeLength => _values[(int)CommandMember.PreferredCodeLength];

    /// <summary>max_time_rounding in s.</summary>
    public int MaxRoundingSeconds => _values[(int)CommandMember.MaxTimeRounding];

    /// <summary>keyway_offline_index, 0 to 999.</summary>
    public int OfflineIndex => _values[(int)CommandMember.OfflineIndex];

    /// <summary>limit of a list.</summary>
    public int Limit => _values[(int)CommandMember.Limit];

    /// <summary>page_cursor of a list: the slot to begin with.</summary>
    public int PageCursor => _values[(int)CommandMember.PageCursor];

    /// <summary>With type: the access code is to become an ongoing one.</summary>
    public bool BecomesOngoing => IsTrue(CommandMember.Type);

    /// <summary>With keyway_offline_label: a one-time code, and not a time-bound one.</summary>
    public bool IsOneTimeLabel => IsTrue(CommandMember.OfflineLabel);

    /// <summary>With action_type: LOCK_DOOR, and not UNLOCK_DOOR.</summary>
    public bool IsLockType => IsTrue(CommandMember.ActionType);

    /// <summary>True when a code that the lock can check by itself is meant.</summary>
    public bool IsOffline =>
        IsTrue(CommandMember.IsOfflineAccessCode) || IsTrue(CommandMember.UseOfflineAccessCode);

    /// <summary>True when the code may be changed at the keypad.</summary>
    public bool AllowsExternalModification => IsTrue(CommandMember.IsExternalModificationAllowed)
        || IsTrue(CommandMember.AllowExternalModification);

    /// <summary>True when the agent, and not the keypad, shall keep to the window.</summary>
    public bool IsDeferred => Has(CommandMember.PreferNativeScheduling)
        && !IsTrue(CommandMember.PreferNativeScheduling);

    /// <summary>With <see cref="Refusal.NotJson"/>: what is wrong.</summary>
    public JsonError JsonError => (JsonError)OffsetOf(CommandMember.Payload);

    /// <summary>With <see cref="Refusal.NotJson"/>: at which byte.</summary>
    public int JsonPosition => CountOf(CommandMember.Payload);

    /// <summary>True when a member is present and has been read.</summary>
    public bool Has(CommandMember member) => (_present & (1 << (int)member)) != 0;

    /// <summary>The value of a member that is true or false; false when absent.</summary>
    public bool IsTrue(CommandMember member) => _values[(int)member] != 0;

    /// <summary>Says that a member is present, and its value.</summary>
    /// <param name="member">The member.</param>
    /// <param name="value">1 or 0 for true or false, a number, or unix seconds as 32 bits.</param>
    public void Set(CommandMember member, int value)
    {
        _present |= 1 << (int)member;
        _values[(int)member] = value;
    }

    /// <summary>Says that a member is present, and where its text lies.</summary>
    internal void SetPlace(CommandMember member, int offset, int count) =>
        Set(member, offset << PlaceBits | count);

    /// <summary>Says that a member cannot be relied on after all, or shall count as absent.
    /// </summary>
    public void Unset(CommandMember member)
    {
        _present &= ~(1 << (int)member);
        _values[(int)member] = 0;
    }

    /// <summary>Notes what is wrong, unless something was noted before.</summary>
    /// <param name="member">The member that is wrong.</param>
    /// <param name="refusal">Why.</param>
    public void Refuse(CommandMember member, Refusal refusal)
    {
        if (Refusal == Refusal.None && refusal != Refusal.None)
        {
            _refusedMember = member;
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
            _values[(int)CommandMember.Payload] = (int)error << PlaceBits | position;
        }
    }

    /// <summary>Forgets everything; the payload's bytes stay.</summary>
    public void Clear()
    {
        _present = 0;
        Array.Clear(_values, 0, CommandMembers.Count);
        Payload = null;
        Action = CommandAction.Create;
        NextTry = 0;
        Refusal = Refusal.None;
        _refusedMember = CommandMember.Payload;
    }

    private int OffsetOf(CommandMember member) => _values[(int)member] >> PlaceBits & PlaceMask;

    private int CountOf(CommandMember member) => _values[(int)member] & PlaceMask;
}
