using System.Diagnostics;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Keyway.Tests.Host;

/// <summary>
/// nanoFramework's mscorlib, the one assembly of the device that NuGet has as it is: restored once,
/// below artifacts/, in the version that the device projects name.
/// </summary>
internal static class CoreLibrary
{
    private const string Id = "nanoFramework.CoreLibrary";
    private const int RestoreMs = 120_000;

    private static readonly Lazy<string?> Assembly = new(Restore);

    /// <summary>The name and version that the device projects have.</summary>
    public static string Package => $"{Id} {Version}";

    private static string Version => (string)SourceTree.ReadXml("hal/packages.config")
        .Descendants("package").Single(package => (string)package.Attribute("id")! == Id)
        .Attribute("version")!;

    /// <summary>The reference assembly.</summary>
    /// <returns>Null where it cannot be restored.</returns>
    public static MetadataReference? TryReference() => Assembly.Value == null
        ? null : MetadataReference.CreateFromFile(Assembly.Value);

    private static string? Restore()
    {
        string folder = Path.Combine(SourceTree.Root, "artifacts", "device");
        string packages = Path.Combine(folder, "packages");
        string assembly = Path.Combine(
            packages, Id.ToLowerInvariant(), Version, "lib", "mscorlib.dll");
        if (!File.Exists(assembly))
        {
            Directory.CreateDirectory(folder);
            string project = Path.Combine(folder, "CoreLibrary.csproj");
            Project().Save(project);
            using Process restore = Process.Start(new ProcessStartInfo("dotnet")
            {
                ArgumentList = { "restore", project, "--packages", packages },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            restore.BeginOutputReadLine();
            restore.BeginErrorReadLine();
            if (!restore.WaitForExit(RestoreMs))
            {
                restore.Kill(entireProcessTree: true);
            }
        }

        return File.Exists(assembly) ? assembly : null;
    }

    private static XElement Project() => new(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement("PropertyGroup", new XElement("TargetFramework", "net10.0")),
        new XElement(
            "ItemGroup",
            new XElement(
                "PackageDownload",
                new XAttribute("Include", Id),
                new XAttribute("Version", $"[{Version}]"))));
}
