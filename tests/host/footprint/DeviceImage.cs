using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;

namespace Keyway.Tests.Host;

/// <summary>
/// The image of a board, compiled for the host from its sources, over the stand-ins of tests/boards
/// for what the vendors' assemblies have. It tells Census of what it makes.
/// </summary>
internal sealed class DeviceImage : AssemblyLoadContext
{
    private const string Stands = "tests/boards";
    private const string Board = "Keyway.Board";
    private static readonly string[] Libraries = ["hal", "firmware", "boards/virtual"];
    private readonly SourceSnapshot _sources;
    private readonly Dictionary<string, byte[]> _images = [];
    private readonly List<DeviceProject> _projects;

    /// <summary>Compiles it.</summary>
    /// <param name="sources">Of the project.</param>
    /// <param name="folder">Of the board's project.</param>
    public DeviceImage(SourceSnapshot sources, string folder)
        : base(isCollectible: true)
    {
        _sources = sources;
        _projects = DeviceProject.Closure(sources, folder);
        foreach (string library in Libraries)
        {
            Compile(DeviceProject.Closure(sources, library)[^1].Name,
                Sources(library).Where(IsOfDevice));
        }

        string[] boards = [.. _projects.Select(one => one.Folder).Except(Libraries)];
        Compile(Board, boards.SelectMany(Sources).Concat(StandIns()));
    }

    /// <summary>Bytes of the tables of its own assemblies, by name.</summary>
    public Dictionary<string, int> Tables { get; } = [];

    /// <summary>Assemblies of packages that it needs, and where each is from.</summary>
    public IEnumerable<(string Assembly, string Package)> Packages =>
        _projects.SelectMany(project => project.Packages).Distinct();

    /// <summary>Its own types.</summary>
    public IEnumerable<Type> Types => _images.Keys
        .SelectMany(name => LoadFromAssemblyName(new AssemblyName(name)).GetTypes())
        .Where(type => IsOwn(type.Namespace));

    /// <summary>Runs it from its entry point until it has codes.</summary>
    public void Run(int capacity, int codes, Action<string> reached)
    {
        // On the device all of them before Main.
        foreach (Type type in Types)
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        Assembly board = LoadFromAssemblyName(new AssemblyName(Board));
        Type program = board.GetType(_projects[^1].Name + ".Program")!;
        MethodInfo run = board.GetType("Keyway.Tests.Boards.FootprintRun")!.GetMethod("Run")!;
        run.Invoke(
            null,
            [program.GetMethod("Main")!.CreateDelegate<Action>(), capacity, codes, reached]);
    }

    /// <summary>True for namespaces of the image's own assemblies.</summary>
    public bool IsOwn(string? space) => NameOf(space ?? "") != null;

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _images.TryGetValue(assemblyName.Name!, out byte[]? image)
            ? LoadFromStream(new MemoryStream(HeapWeaver.Weave(image, IsOwn))) : null;

    private bool IsOwn(TypeDefinition type) => IsOwn(SpaceOf(type));

    private static string SpaceOf(TypeDefinition type) =>
        type.DeclaringType == null ? type.Namespace : SpaceOf(type.DeclaringType);

    // The namespaces of an assembly begin with its name.
    private string? NameOf(string space) => _projects.Select(project => project.Name)
        .FirstOrDefault(name => space == name
            || space.StartsWith(name + ".", StringComparison.Ordinal));

    private void Compile(string name, IEnumerable<(string Path, string Text)> sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            sources.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Path)),
            References().Concat(
                _images.Values.Select(image => MetadataReference.CreateFromImage(image))),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
                .WithOptimizationLevel(OptimizationLevel.Release));
        var image = new MemoryStream();
        var result = compilation.Emit(image);
        Findings.AssertNone(result.Diagnostics
            .Where(one => one.Severity == DiagnosticSeverity.Error).Select(one => $"{one}"));
        _images.Add(name, image.ToArray());
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image.ToArray()));
        foreach (DeviceProject project in _projects)
        {
            if (module.GetTypes().Any(IsOf))
            {
                Tables.Add(project.Name, AssemblyTables.Count(
                    module, IsOf, project.Packages.Count() + project.Projects.Length));
            }

            bool IsOf(TypeDefinition type) => NameOf(SpaceOf(type)) == project.Name;
        }
    }

    // The host's, without the project's own.
    private static IEnumerable<MetadataReference> References() =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
        where !Path.GetFileName(path).StartsWith("Keyway.", StringComparison.Ordinal)
        select MetadataReference.CreateFromFile(path);

    // Of several assemblies one is made, which has one version.
    private IEnumerable<(string Path, string Text)> Sources(string folder) =>
        _sources.Below(folder, ".cs").Where(
            file => !file.Path.EndsWith("/AssemblyInfo.cs", StringComparison.Ordinal));

    private static bool IsOfDevice((string Path, string Text) file) =>
        !file.Path.Contains("/host/", StringComparison.Ordinal);

    private IEnumerable<(string Path, string Text)> StandIns() =>
        Sources(Stands + "/vendor").Concat(Sources(Stands + "/controller"))
            .Append((Stands + "/FootprintRun.cs", _sources.Read(Stands + "/FootprintRun.cs")));
}
