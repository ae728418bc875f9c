using System.Xml.Linq;

namespace Keyway.Tests.Host;

/// <summary>An .nfproj: what it compiles and what it refers to.</summary>
internal sealed class DeviceProject
{
    private readonly Func<string, XDocument> _read;
    private readonly XElement[] _items;

    private DeviceProject(string path, Func<string, XDocument> read)
    {
        Path = path;
        _read = read;
        _items = [.. read(path).Descendants()];
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

    /// <summary>The same, with package and version of each.</summary>
    public IEnumerable<(string Assembly, string Package)> Packages =>
        from item in _items
        where item.Name.LocalName == "Reference"
        let hint = item.Elements().Single().Value.Split('\\')
        select ((string)item.Attribute("Include")!, hint[Array.IndexOf(hint, "packages") + 1]);

    /// <summary>Other device projects.</summary>
    public DeviceProject[] Projects => [.. Included("ProjectReference").Select(
        path => new DeviceProject(SourceTree.PathFrom(Folder, path), _read))];

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

    public string Folder => SourceTree.FolderOf(Path);

    public static DeviceProject Read(string path) => new(path, SourceTree.ReadXml);

    /// <summary>The project of a folder, and all that it needs, what is needed first.</summary>
    public static List<DeviceProject> Closure(SourceSnapshot sources, string folder)
    {
        var all = new List<DeviceProject>();
        Add(new DeviceProject(
            sources.Below(folder, ".nfproj").First().Path,
            path => XDocument.Parse(sources.Read(path))));
        return all;

        void Add(DeviceProject project)
        {
            if (all.All(one => one.Path != project.Path))
            {
                Array.ForEach(project.Projects, Add);
                all.Add(project);
            }
        }
    }

    private IEnumerable<string> Included(string kind) =>
        from item in _items
        where item.Name.LocalName == kind
        let include = (string?)item.Attribute("Include")
        where include != null
        select include;
}
