namespace Keyway.Boards.Virtual.Host;

/// <summary>Finds programs that somebody may have installed.</summary>
public static class Programs
{
    /// <summary>Its full path; null when it is not installed.</summary>
    /// <remarks>Debian keeps servers in /usr/sbin, which a user's PATH need not have.</remarks>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
