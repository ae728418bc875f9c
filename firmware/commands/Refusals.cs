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
        Refusal.CommonKeyMismatch or Refusal.CommonKeyDerived => "common_code_key_mismatch",
        Refusal.CodeNotFound => "access_code_not_found",
        Refusal.TooGuessable => "code_too_guessable",
        Refusal.NoBackupPool => "backup_access_code_not_available",
        Refusal.NothingFits => "no_code_fits_constraints",
        _ => "invalid_input",
    };

    /// <summary>
    /// True when the same command may succeed later, under a new action_attempt_id; false when it
    /// is refused for good.
    /// </summary>
    public static bool IsRetryable(Refusal refusal) =>
        refusal is Refusal.ClockNotKnown or Refusal.NoSpace or Refusal.WriteFailed
            or Refusal.NothingFits;

    /// <summary>True when the message names the access code that is in the way.</summary>
    public static bool IsForAnotherCode(Refusal refusal) =>
        refusal is Refusal.DigitsTaken or Refusal.FirstFourTaken or Refusal.NameNotUnique;

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
        Refusal.NotABoolean => "must be true or false",
        Refusal.NotANumber => "must be a whole number in its range",
        Refusal.Contradicts => "says the opposite of its alias; give one of them",
        Refusal.OfflineWithCode => "cannot be given: the digits of an offline code follow from "
            + "its window",
        Refusal.WindowForDuress => "is for an ongoing code; leave starts_at and ends_at out",
        Refusal.PoolForOngoing => "Cannot use the backup pool for ongoing codes",
        Refusal.CommonKeyLength => "must have 1 to 64 characters",
        Refusal.CommonKeyMismatch => "stands for other digits on this lock",
        Refusal.CommonKeyDerived => "stands for digits that follow from the site's secret, "
            + "which an update cannot change",
        Refusal.NotOneOf => "is none of the words that are allowed",
        Refusal.PreferredWithCode => "cannot be given together with code",
        Refusal.CodeNotFound => "is no access code of this lock",
        Refusal.ExpiryTooFar => "must be at most 60 seconds after issued_at",
        Refusal.ExpiryAhead => "is more than 60 seconds ahead of this lock's clock",
        Refusal.TooGuessable => "is one of too many codes for its length; take a longer one",
        Refusal.NoOfflineSecret => "cannot be made: this lock has no secret for offline codes, or "
            + "does not take every digit",
        Refusal.NoBackupPool => "was created without use_backup_access_code_pool",
        Refusal.NoSiteSecret => "needs a code: this lock has no secret of its site",
        Refusal.NothingFits => "cannot be made: no free digits of this length obey the "
            + "constraints",
        Refusal.IsOffline => "is an offline code, which cannot be changed",
        Refusal.WindowNeedsBoth => "is required: an ongoing code gets a whole window",
        Refusal.LengthNotSupported => "must have a length of this lock's "
            + "supported_code_lengths",
        Refusal.HasZero => "must not contain 0",
        Refusal.StartsWith12 => "must not start with 12",
        Refusal.TripleDigits => "must not contain three neighbours such as 123, 321 or 111",
        Refusal.DigitSequence => "must not be a sequence such as 1234 or 9876",
        Refusal.FewUniqueDigits => "must contain at least three different digits",
        Refusal.AllSameDigits => "must contain at least two different digits",
        Refusal.FirstFourTaken => "must differ from each code on this lock in the first four "
            + "digits",
        Refusal.Has089 => "must not contain 0, 8 or 9",
        Refusal.Has0789 => "must not contain 0, 7, 8 or 9",
        Refusal.DigitsFromLockOnly => "must be left out: this lock makes the digits",
        Refusal.NotInExistingSet => "must be one of the set of codes that this lock was given",
        Refusal.StartNotInFuture => "must be in the future: this lock takes no earlier start",
        Refusal.NameLength => "must have a length within name_length of code_constraints",
        Refusal.NameNotUnique => "must differ from each name on this lock",
        Refusal.RoundingExceeded => "would move by more than max_time_rounding; allow 1day, or "
            + "choose whole days after starts_at",
        Refusal.OfflineTooLong => "must be at most 356 days after starts_at",
        _ => "is not valid",
    };
}
