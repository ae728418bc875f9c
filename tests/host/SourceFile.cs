using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Keyway.Tests.Host;

/// <summary>One C# file of the project, parsed.</summary>
internal sealed class SourceFile
{
    public SourceFile(string path, string text)
    {
        Path = path;
        Lines = text.Split('\n');
        Root = CSharpSyntaxTree.ParseText(text).GetRoot();
    }

    /// <summary>Relative to the project's root, with slashes.</summary>
    public string Path { get; }

    public string[] Lines { get; }

    public SyntaxNode Root { get; }

    /// <summary>A finding in the compiler's form.</summary>
    public string At(SyntaxNodeOrToken place, string finding) =>
        At(place.GetLocation()!.GetLineSpan().StartLinePosition.Line, finding);

    public string At(int lineIndex, string finding) => $"{Path}({lineIndex + 1}): {finding}";
}
