namespace Keyway.Tests.Rig;

/// <summary>Files that only their owner may read (0600).</summary>
internal static class SecretFile
{
    /// <summary>Writes a new one.</summary>
    /// <exception cref="IOException">It exists: a secret is never overwritten.</exception>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
