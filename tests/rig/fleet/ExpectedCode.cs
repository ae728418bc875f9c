namespace Keyway.Tests.Rig;

/// <summary>A code that a lock has confirmed.</summary>
internal sealed record ExpectedCode(string AccessCodeId, string Digits);
