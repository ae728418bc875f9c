using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Keyway.Tests.Host;

/// <summary>What the sources of the device keep away from.</summary>
[TestClass]
public sealed class TidyDeviceTests
{
    private static readonly string[] TimeSources =
    [
        "DateTime", "DateTimeOffset", "Stopwatch", "TickCount", "TickCount64", "TimeProvider",
        "UtcNow",
    ];

    private static readonly string[] Vendors = ["nanoFramework", "MQTTnet", "System.Device"];

    private static IEnumerable<SourceFile> DeviceSources =>
        SourceTree.Sources.Where(SourceTree.IsDevice);

    [TestMethod]
    public void Device_and_host_compile_the_same_text() =>
        Findings.AssertNone(
            from file in DeviceSources
            from trivia in file.Root.DescendantTrivia()
            where trivia.IsKind(SyntaxKind.IfDirectiveTrivia)
            select file.At(trivia.Token, "#if"));

    [TestMethod]
    public void Device_gets_only_what_its_runtime_can_load() =>
        Findings.AssertNone(
            from file in DeviceSources
            from place in file.Root.DescendantNodesAndTokens()
            let finding = NotOnTheDevice(place)
            where finding != null
            select file.At(place, finding));

    [TestMethod]
    public void Time_comes_only_from_the_clock() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            where IsBelow(file, "hal/") || IsBelow(file, "firmware/")
            from token in file.Root.DescendantTokens()
            where token.IsKind(SyntaxKind.IdentifierToken) && TimeSources.Contains(token.Text)
            select file.At(token, token.Text));

    [TestMethod]
    public void Vendors_are_named_only_in_boards() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            where IsBelow(file, "hal/") || IsBelow(file, "firmware/")
                || (IsBelow(file, "boards/virtual/") && SourceTree.IsDevice(file))
            from node in file.Root.DescendantNodes()
            where node is NameSyntax or MemberAccessExpressionSyntax
            where Vendors.Contains(node.ToString())
            select file.At(node, node.ToString()));

    [TestMethod]
    public void Host_client_of_MQTT_is_named_only_on_the_host() =>
        Findings.AssertNone(
            from file in SourceTree.Sources
            where !IsBelow(file, "boards/virtual/host/") && !IsBelow(file, "tests/")
            from name in file.Root.DescendantNodes().OfType<IdentifierNameSyntax>()
            where name.Identifier.Text == "MQTTnet"
            select file.At(name, "MQTTnet"));

    /// <summary>By a test that also runs on the device.</summary>
    [TestMethod]
    public void Drivers_are_tested()
    {
        HashSet<string> tested = [.. SourceTree.Sources
            .Where(file => IsBelow(file, "tests/unit/") && SourceTree.IsDevice(file))
            .SelectMany(file => file.Root.DescendantNodes().OfType<IdentifierNameSyntax>())
            .Select(name => name.Identifier.Text)];
        Findings.AssertNone(
            from file in SourceTree.Sources
            where IsBelow(file, "hal/")
            from driver in file.Root.DescendantNodes().OfType<ClassDeclarationSyntax>()
            where driver.Modifiers.Any(SyntaxKind.PublicKeyword)
                && driver.Members.OfType<MethodDeclarationSyntax>().Any()
                && !tested.Contains(driver.Identifier.Text)
            select file.At(driver.Identifier, "no test in tests/unit"));
    }

    private static bool IsBelow(SourceFile file, string folder) =>
        file.Path.StartsWith(folder, StringComparison.Ordinal);

    /// <summary>
    /// Most of these compile for nanoFramework 1.x, and then throw or end the runtime when run.
    /// </summary>
    private static string? NotOnTheDevice(SyntaxNodeOrToken place) => place.Kind() switch
    {
        SyntaxKind.TypeParameterList => "generics of our own",
        SyntaxKind.ArrayRankSpecifier when place.AsNode() is ArrayRankSpecifierSyntax { Rank: > 1 }
            => "an array of several dimensions",
        SyntaxKind.NullableType when place.AsNode() is NullableTypeSyntax type && IsValue(type)
            => "a nullable value",
        SyntaxKind.MethodDeclaration when place.AsNode() is MethodDeclarationSyntax
        {
            Parent: InterfaceDeclarationSyntax,
        }
        method && (method.Body != null || method.ExpressionBody != null)
            => "a method body in an interface",
        SyntaxKind.InterpolationFormatClause => "a number format",
        SyntaxKind.TupleType or SyntaxKind.TupleExpression => "a tuple",
        SyntaxKind.AsyncKeyword or SyntaxKind.YieldKeyword or SyntaxKind.RecordKeyword
            or SyntaxKind.CheckedKeyword or SyntaxKind.StackAllocKeyword
            or SyntaxKind.UnsafeKeyword or SyntaxKind.VolatileKeyword => place.ToString(),
        _ => null,
    };

    private static bool IsValue(NullableTypeSyntax type) =>
        type.ElementType is PredefinedTypeSyntax named
        && !named.Keyword.IsKind(SyntaxKind.StringKeyword)
        && !named.Keyword.IsKind(SyntaxKind.ObjectKeyword);
}
