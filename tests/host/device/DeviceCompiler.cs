using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Keyway.Tests.Host;

/// <summary>
/// Compiles device projects against the runtime's real mscorlib. Of two packages that NuGet does
/// not have, the two types that our sources use are declared here by hand, from the packages'
/// sources: a member that is not declared fails, and one that is declared wrongly is not noticed.
/// </summary>
internal sealed class DeviceCompiler(MetadataReference coreLibrary)
{
    private const string Text =
        """
        namespace System.Text
        {
            public abstract class Encoding
            {
                public static Encoding UTF8 => null;
                public abstract byte[] GetBytes(string s);
                public abstract int GetBytes(
                    string s, int charIndex, int charCount, byte[] bytes, int byteIndex);
                public abstract string GetString(byte[] bytes, int index, int count);
            }
        }
        """;

    private const string Hashing =
        """
        namespace System.IO.Hashing
        {
            public class Crc32
            {
                public void Append(SpanByte source) { }
                public void Append(byte[] source) { }
                public void Append(byte value) { }
                public void Reset() { }
                public uint GetCurrentHashAsUInt32() => 0;
                public static uint HashToUInt32(SpanByte source) => 0;
            }
        }
        """;

    private readonly Dictionary<string, Lazy<MetadataReference>> _assemblies = new()
    {
        ["mscorlib"] = new(() => coreLibrary),
        ["nanoFramework.System.Text"] = Declared("nanoFramework.System.Text", Text, coreLibrary),
        ["nanoFramework.System.IO.Hashing"] =
            Declared("nanoFramework.System.IO.Hashing", Hashing, coreLibrary),
    };

    private readonly Dictionary<string, CSharpCompilation> _compiled = [];

    /// <summary>What the compiler finds in a statement.</summary>
    public static IEnumerable<string> ErrorsOf(string statement, MetadataReference coreLibrary) =>
        from finding in CSharpCompilation.Create(
            "Statement",
            [CSharpSyntaxTree.ParseText($"class A {{ void B() {{ {statement} }} }}")],
            [coreLibrary, Declared("Text", Text, coreLibrary).Value],
            Library()).GetDiagnostics()
        where finding.Severity == DiagnosticSeverity.Error
        select finding.ToString();

    /// <summary>True where nothing is referred to that is not here.</summary>
    public bool CanCompile(DeviceProject project) =>
        project.References.All(_assemblies.ContainsKey) && project.Projects.All(CanCompile);

    /// <summary>What the compiler finds, in its own form.</summary>
    public IEnumerable<string> Errors(DeviceProject project)
    {
        using MemoryStream image = new();
        return from finding in Compile(project).Emit(image).Diagnostics
               where finding.Severity == DiagnosticSeverity.Error
               select finding.ToString();
    }

    private CSharpCompilation Compile(DeviceProject project)
    {
        if (!_compiled.TryGetValue(project.Path, out CSharpCompilation? compilation))
        {
            Assert.IsTrue(LanguageVersionFacts.TryParse(
                project.LanguageVersion, out LanguageVersion version));
            var options = new CSharpParseOptions(
                version, preprocessorSymbols: ["NANOFRAMEWORK_1_0"]);
            compilation = CSharpCompilation.Create(
                project.Name,
                project.Sources.Select(file => CSharpSyntaxTree.ParseText(
                    string.Join('\n', file.Lines), options, file.Path)),
                [
                    .. project.References.Select(name => _assemblies[name].Value),
                    .. project.Projects.Select(one => Compile(one).ToMetadataReference()),
                ],
                Library());
            _compiled.Add(project.Path, compilation);
        }

        return compilation;
    }

    private static Lazy<MetadataReference> Declared(
        string name, string source, MetadataReference coreLibrary) => new(() =>
    {
        CSharpCompilation declared = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(source)], [coreLibrary], Library());
        Assert.IsEmpty(declared.GetDiagnostics().Where(
            finding => finding.Severity == DiagnosticSeverity.Error));
        return declared.ToMetadataReference();
    });

    private static CSharpCompilationOptions Library() =>
        new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release);
}
