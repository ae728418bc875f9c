namespace Keyway.Tests.Rig.Gateway;

/// <summary>One parameter of a route.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it may be.</param>
/// <param name="IsRequired">The request is refused without it.</param>
internal sealed record Parameter(string Name, ParameterKind Kind, bool IsRequired = false);
