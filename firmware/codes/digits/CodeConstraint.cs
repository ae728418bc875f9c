using System;

namespace Keyway.Firmware;

/// <summary>The API's code_constraints, by constraint_type.</summary>
[Flags]
public enum CodeConstraint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>no_zeros.</summary>
    NoZeros = 0x0001,

    /// <summary>cannot_start_with_12.</summary>
    NotStartingWith12 = 0x0002,

    /// <summary>no_triple_consecutive_ints.</summary>
    NoTripleConsecutive = 0x0004,

    /// <summary>no_ascending_or_descending_sequence.</summary>
    NoSequence = 0x0008,

    /// <summary>at_least_three_unique_digits.</summary>
    ThreeUniqueDigits = 0x0010,

    /// <summary>no_all_same_digits.</summary>
    NotAllSame = 0x0020,

    /// <summary>unique_first_four_digits.</summary>
    UniqueFirstFour = 0x0040,

    /// <summary>cannot_contain_089.</summary>
    Without089 = 0x0080,

    /// <summary>cannot_contain_0789.</summary>
    Without0789 = 0x0100,

    /// <summary>cannot_specify_pin_code.</summary>
    DigitsFromLockOnly = 0x0200,

    /// <summary>pin_code_matches_existing_set.</summary>
    FromExistingSet = 0x0400,

    /// <summary>start_date_in_future.</summary>
    StartInFuture = 0x0800,

    /// <summary>name_length.</summary>
    NameLength = 0x1000,

    /// <summary>name_must_be_unique.</summary>
    UniqueName = 0x2000,
}
