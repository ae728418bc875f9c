namespace Keyway.Tests.Rig;

/// <summary>One scenario file, read.</summary>
/// <param name="Path">The file, as it was given.</param>
/// <param name="Title">What it shows, in a sentence.</param>
/// <param name="Steps">In order; at least one.</param>
internal sealed record Scenario(string Path, string Title, IReadOnlyList<PlacedStep> Steps)
{
    /// <summary>The file's name without its ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}

/// <summary>A step, and the line where it begins.</summary>
internal sealed record PlacedStep(IStep Step, long Line);
