namespace Keyway.Tests.Rig;

/// <summary>A scenario file that says something wrong, and where.</summary>
internal sealed class ScenarioException(string path, long line, long column, string problem)
    : Exception($"{path}:{line}:{column}: {problem}");
