using System.Diagnostics;
using System.Formats.Tar;

namespace Keyway.Tests.Host;

/// <summary>The project's files at one moment: texts by relative path.</summary>
internal sealed class SourceSnapshot
{
    private readonly Dictionary<string, string> _texts;

    private SourceSnapshot(Dictionary<string, string> texts) => _texts = texts;

    /// <summary>As they lie in the folder.</summary>
    public static SourceSnapshot Now() => new(new[] { ".cs", ".nfproj" }
        .SelectMany(SourceTree.Files)
        .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(SourceTree.Root, path))));

    /// <summary>True where a commit is in the repository; a shallow clone has few.</summary>
    public static bool Has(string commit)
    {
        using Process git = Git("cat-file", "-e", commit + "^{commit}");
        git.WaitForExit();
        return git.ExitCode == 0;
    }

    /// <summary>As a commit has them, but for the folder tests, which is today's.</summary>
    public static SourceSnapshot At(string commit)
    {
        var texts = Now()._texts
            .Where(file => file.Key.StartsWith("tests/", StringComparison.Ordinal))
            .ToDictionary();
        using Process git = Git("archive", "--format=tar", commit, "hal", "firmware", "boards");
        using var tar = new TarReader(git.StandardOutput.BaseStream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
            {
                texts[entry.Name] = new StreamReader(data).ReadToEnd();
            }
        }

        return new SourceSnapshot(texts);
    }

    public string Read(string path) => _texts[path];

    /// <summary>The files of a folder whose names end in something, in it and below.</summary>
    public IEnumerable<(string Path, string Text)> Below(string folder, string ending) => _texts
        .Where(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal)
            && file.Key.EndsWith(ending, StringComparison.Ordinal))
        .OrderBy(file => file.Key, StringComparer.Ordinal)
        .Select(file => (file.Key, file.Value));

    private static Process Git(params string[] arguments) => Process.Start(
        new ProcessStartInfo("git", ["-C", SourceTree.Root, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
