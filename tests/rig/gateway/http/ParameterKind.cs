namespace Keyway.Tests.Rig.Gateway;

/// <summary>What a parameter may be.</summary>
internal enum ParameterKind
{
    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A string with a UUID.</summary>
    Uuid,

    /// <summary>An array of strings with UUIDs, at least one.</summary>
    Uuids,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Whatever the firmware makes of the member of this name.</summary>
    OfFirmware,
}
