// What the JSON reader found.

namespace Keyway.Firmware;

/// <summary>What <see cref="JsonReader.Read"/> found.</summary>
public enum JsonToken
{
    /// <summary>Nothing has been read yet.</summary>
    None = 0,

    /// <summary>An object begins.</summary>
    BeginObject = 1,

    /// <summary>An object ends.</summary>
    EndObject = 2,

    /// <summary>An array begins.</summary>
    BeginArray = 3,

    /// <summary>An array ends.</summary>
    EndArray = 4,

    /// <summary>The name of a member; its value comes next.</summary>
    Name = 5,

    /// <summary>A string.</summary>
    String = 6,

    /// <summary>A number.</summary>
    Number = 7,

    /// <summary>The literal true.</summary>
    True = 8,

    /// <summary>The literal false.</summary>
    False = 9,

    /// <summary>The literal null.</summary>
    Null = 10,

    /// <summary>The root value is complete and nothing but blanks follows.</summary>
    End = 11,

    /// <summary>The payload is refused from here on; <see cref="JsonReader.Error"/> says
    /// why.</summary>
    Error = 12,
}
