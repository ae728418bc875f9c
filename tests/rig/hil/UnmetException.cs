namespace Keyway.Tests.Rig;

/// <summary>The lock has not done what a step expects.</summary>
internal sealed class UnmetException(string problem) : Exception(problem);
