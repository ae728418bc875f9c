namespace Keyway.Hal;

/// <summary>What is released together: every assembly has this version.</summary>
public static class Release
{
    /// <summary>The version. Directory.Build.props reads it here for the host's projects.</summary>
    public const string Version = "0.1.0";
}
