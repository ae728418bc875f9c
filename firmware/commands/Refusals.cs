// The closed list of error types and messages: the only place that spells them.

namespace Keyway.Firmware;

/// <summary>What a refusal says to the sender.</summary>
public static class Refusals
{
    /// <summary>The error.type of the action attempt.</summary>
    public static string TypeOf(Refusal refusal) => refusal switch
    {
        Refusal.WrongDevice => "device_not_found",
        Refusal.Expired => "command_expired",
        Refusal.ClockNotKnown => "clock_not_known",
        Refusal.DigitsTaken => "duplicate_code_on_device",
        Refusal.AccessCodeIdTaken => "access_code_id_in_use",
        Refusal.AccessCodeIdDeleted => "access_code_id_deleted",
        Refusal.NoSpace => "no_space_for_access_code_on_device",
        Refusal.WriteFailed => "failed_to_set_on_device",
        _ => "invalid_input",
    };

    /// <summary>
    /// True when the same command may succeed later, under a new action_attempt_id; false when it
    /// is refused for good.
    /// </summary>
    public static bool IsRetryable(Refusal refusal) =>
        refusal is Refusal.ClockNotKnown or Refusal.NoSpace or Refusal.WriteFailed;

    /// <summary>What is wrong and what to do, to follow "member: ".</summary>
    public static string TextOf(Refusal refusal) => refusal switch
    {
        Refusal.NotAnObject => "must be a JSON object",
        Refusal.Missing => "is required",
        Refusal.NotAString => "must be a string",
        Refusal.NotAUuid => "must be a UUID such as 0b5ee9c6-3f4a-4c52-9d3e-5a1f6b0c7d8e",
        Refusal.NotATime => "must be an ISO 8601 time with a zone, such as 2026-11-24T10:00:00Z",
        Refusal.NotDigits => "must hold only the digits 0 to 9",
        Refusal.CodeLength => "must have 4 to 12 digits",
        Refusal.WindowHalf => "is required: starts_at and ends_at go together",
        Refusal.WindowReversed => "must be later than starts_at",
        Refusal.WindowOver => "must be in the future",
        Refusal.WrongDevice => "is not this lock's",
        Refusal.Expired => "has passed; issue the command again",
        Refusal.ClockNotKnown => "cannot be checked while the lock does not know the time; "
            + "send the command again under a new action_attempt_id",
        Refusal.DigitsTaken => "has digits that exist on this lock",
        Refusal.AccessCodeIdTaken => "belongs to an access code with another content",
        Refusal.AccessCodeIdDeleted => "belonged to an access code that was deleted; "
            + "use a new one",
        Refusal.NoSpace => "finds no free slot; delete an access code first",
        Refusal.WriteFailed => "could not be written to the keypad's flash; "
            + "send the command again under a new action_attempt_id",
        _ => "is not valid",
    };
}
