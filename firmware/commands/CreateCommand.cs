// A create-code command as read from its payload. CommandReader fills it, CreateRules judges it,
// CommandDesk carries it out. One object, used again for every command.

using System;

namespace Keyway.Firmware;

/// <summary>The members of access_codes/create. A member counts only when it is present.</summary>
public sealed class CreateCommand
{
    private int _present;

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

    /// <summary>expires_at in unix seconds.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>starts_at in unix seconds; 0 when absent.</summary>
    public long StartsAt { get; set; }

    /// <summary>ends_at in unix seconds; 0 when absent.</summary>
    public long EndsAt { get; set; }

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
        Refusal = Refusal.None;
        JsonError = JsonError.None;
        JsonPosition = 0;
        CodeCount = 0;
        NameCount = 0;
        ExpiresAt = 0;
        StartsAt = 0;
        EndsAt = 0;
        Array.Clear(Code, 0, Code.Length);
        Array.Clear(Name, 0, Name.Length);
    }
}
