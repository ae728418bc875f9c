using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Keyway.Tests.Host;

/// <summary>The shape of every C# file: lengths, names, one type a file.</summary>
[TestClass]
public sealed class TidyTests
{
    private const int MaxFileLines = 300;
    private const int MaxMethodLines = 70;
    private const int MaxColumns = 100;

    private static readonly string[] BannedWords =
        ["Manager", "Helper", "Util", "Service", "Handler", "Base", "Impl", "Info", "Common"];

    [TestMethod]
    public void Files_are_short() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            where file.Lines.Length - 1 > MaxFileLines
            select $"{file.Path}: {file.Lines.Length - 1} lines");

    [TestMethod]
    public void Lines_are_short() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            from line in file.Lines.Select((text, index) => (text, index))
            where line.text.TrimEnd('\r').Length > MaxColumns
            select file.At(line.index, $"{line.text.Length} columns"));

    [TestMethod]
    public void Methods_are_short() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            from node in file.Root.DescendantNodes()
            where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax
                or BasePropertyDeclarationSyntax
            let lines = LineCount(node)
            where lines > MaxMethodLines
            select file.At(node, $"{lines} lines in one method"));

    [TestMethod]
    public void Names_say_what_a_thing_does() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            from name in TypeNames(file.Root).Concat(PathNames(file.Path))
            from word in Regex.Matches(name, "[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
            where BannedWords.Any(banned => IsBanned(word.Value, banned))
            select $"{file.Path}: '{word.Value}' in {name}");

    [TestMethod]
    public void Head_of_a_file_names_what_exists()
    {
        HashSet<string> known =
        [
            .. from file in SourceTree.Sources
               from token in file.Root.DescendantTokens()
               where token.IsKind(SyntaxKind.IdentifierToken)
               select token.ValueText,
        ];
        Findings.AssertNone(
            from file in SourceTree.Sources
            from name in Regex.Matches(
                file.Root.GetLeadingTrivia().ToString(), "\\b[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+\\b")
            where !known.Contains(name.Value)
            select $"{file.Path}: {name.Value} does not exist");
    }

    [TestMethod]
    public void File_has_one_type_of_its_name() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            where !file.Path.StartsWith("tests/", StringComparison.Ordinal)
            let fileName = Path.GetFileNameWithoutExtension(file.Path)
            let types = file.Root.DescendantNodes(IsAboveTypes).Where(IsType).Select(NameOf)
            where types.Any(name => name != fileName) || types.Count() > 1
            select $"{file.Path}: holds {string.Join(", ", types)}");

    /// <summary>The compiler asks it of the twins; boards for the device are compiled without.
    /// </summary>
    [TestMethod]
    public void Public_members_are_documented() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            where !file.Path.StartsWith("tests/", StringComparison.Ordinal)
            from member in file.Root.DescendantNodes().OfType<MemberDeclarationSyntax>()
            where IsPublic(member) && !member.GetLeadingTrivia().Any(
                trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            select file.At(member, "no documentation"));

    private static bool IsPublic(MemberDeclarationSyntax member) =>
        member.Modifiers.Any(SyntaxKind.PublicKeyword)
        || member.Parent is InterfaceDeclarationSyntax
        || (member is EnumMemberDeclarationSyntax && member.Parent is EnumDeclarationSyntax words
            && !words.Modifiers.Any(SyntaxKind.PrivateKeyword));

    private static int LineCount(SyntaxNode node)
    {
        FileLinePositionSpan span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static IEnumerable<string> TypeNames(SyntaxNode root) =>
        root.DescendantNodes().Where(IsType).Select(NameOf);

    /// <summary>AssemblyInfo is a name that .NET gives, to a file without a type.</summary>
    private static IEnumerable<string> PathNames(string path) =>
        path.Split('/', '.').Where(name => name != "AssemblyInfo");

    private static bool IsBanned(string word, string banned) =>
        word.Equals(banned, StringComparison.OrdinalIgnoreCase)
        || word.Equals(banned + "s", StringComparison.OrdinalIgnoreCase);

    private static bool IsAboveTypes(SyntaxNode node) =>
        node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax;

    private static bool IsType(SyntaxNode node) =>
        node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax;

    private static string NameOf(SyntaxNode type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.Text,
        DelegateDeclarationSyntax declared => declared.Identifier.Text,
        _ => "",
    };
}
