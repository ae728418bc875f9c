using System.Xml.Linq;

namespace Keyway.Tests.Host;

/// <summary>An .nfproj: what it compiles and what it refers to.</summary>
internal sealed class DeviceProject
{
    private readonly XElement[] _items;

    private DeviceProject(string path)
    {
        Path = path;
        _items = [.. SourceTree.ReadXml(path).Descendants()];
    }

    /// <summary>Relative to the project's root, with slashes.</summary>
    public string Path { get; }

    /// <summary>Of the assembly.</summary>
    public string Name =>
        _items.Single(item => item.Name.LocalName == "AssemblyName").Value;

    public string LanguageVersion =>
        _items.Single(item => item.Name.LocalName == "LangVersion").Value;

    /// <summary>Assemblies of packages.</summary>
    public string[] References => [.. Included("Reference")];

    /// <summary>Other device projects.</summary>
    public DeviceProject[] Projects => [.. Included("ProjectReference").Select(
        path => Read(SourceTree.PathFrom(Folder, path)))];

    /// <summary>By its one glob.</summary>
    public SourceFile[] Sources
    {
        get
        {
            bool isDeep = Included("Compile").Single().StartsWith("**", StringComparison.Ordinal);
            return [.. SourceTree.Sources.Where(
                file => isDeep
                    ? file.Path.StartsWith(Folder + "/", StringComparison.Ordinal)
                    : SourceTree.FolderOf(file.Path) == Folder)];
        }
    }

    private string Folder => SourceTree.FolderOf(Path);

    public static DeviceProject Read(string path) => new(path);

    private IEnumerable<string> Included(string kind) =>
        from item in _items
        where item.Name.LocalName == kind
        let include = (string?)item.Attribute("Include")
        where include != null
        select include;
}
