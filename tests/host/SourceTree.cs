using System.Xml.Linq;

namespace Keyway.Tests.Host;

/// <summary>The project's own files: what lies below the solution, without build output.</summary>
internal static class SourceTree
{
    private static readonly string[] NotOurs =
        ["artifacts", "bin", "obj", "packages", "node_modules", "TestResults"];

    /// <summary>The folder of the solution.</summary>
    public static readonly string Root = FindRoot();

    /// <summary>Every C# file.</summary>
    public static readonly SourceFile[] Sources =
        [.. Files(".cs").Select(path => new SourceFile(path, Read(path)))];

    private static readonly string[] DeviceFolders =
        [.. Files(".nfproj").Select(project => FolderOf(project) + "/")];

    /// <summary>Relative paths, with slashes, of the files whose names end in something.</summary>
    public static string[] Files(string ending) =>
        [.. Below(Root).Where(path => path.EndsWith(ending, StringComparison.Ordinal))];

    public static XDocument ReadXml(string path) => XDocument.Parse(Read(path));

    /// <summary>The folder that a relative path names: "hal" of "hal/Hal.csproj".</summary>
    public static string FolderOf(string path) =>
        Path.GetDirectoryName(path)!.Replace('\\', '/');

    /// <summary>What a path names, seen from a folder: "hal/Hal.nfproj" of "..\hal\Hal.nfproj".
    /// </summary>
    public static string PathFrom(string folder, string path) =>
        Path.GetRelativePath(Root, Path.Combine(Root, folder, path.Replace('\\', '/')))
            .Replace('\\', '/');

    /// <summary>
    /// True for the sources of device projects, which are those of the twins and of the physical
    /// boards. A folder "host" beside them is the host's.
    /// </summary>
    public static bool IsDevice(SourceFile file) =>
        DeviceFolders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal))
        && !file.Path.Contains("/host/", StringComparison.Ordinal);

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Below(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            string name = Path.GetFileName(child);
            if (NotOurs.Contains(name) || name.StartsWith('.'))
            {
                continue;
            }

            foreach (string file in Below(child))
            {
                yield return file;
            }
        }
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder != null && !File.Exists(Path.Combine(folder, "nanoframework.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("nanoframework.sln");
    }
}
