using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>A token with its value, to be compared: text, or whole number, or nothing.</summary>
public readonly record struct JsonStep(JsonToken Token, string Text = "", long? Number = null);
