using System.IO.Enumeration;

namespace Keyway.Tests.Host;

/// <summary>Who refers to whom, and what lies at the top.</summary>
[TestClass]
public sealed class TidyReferenceTests
{
    private static readonly string[] AtTheTop =
    [
        "README.md", "LICENSE", "nanoframework.sln", "hal", "firmware", "boards", "tests",
        ".ci", ".config", ".github", ".editorconfig", ".gitignore", "Directory.*.props",
        "Directory.*.targets", "global.json",
        // Not in the repository: git itself, and what .gitignore names.
        ".git", "artifacts", "packages", "bin", "obj", "node_modules", "TestResults", ".vs",
        ".vscode", "*.user",
    ];

    /// <summary>What both sides have under one name, so that the twins may use it.</summary>
    private static readonly string[] TwinPackages =
    [
        "nanoFramework.CoreLibrary", "nanoFramework.System.IO.Hashing",
        "nanoFramework.System.Text", "System.IO.Hashing",
    ];

    /// <summary>The twin that the rig and the stimulator's board share.</summary>
    private const string StimulatorProtocol = "boards/stimulator-esp32/protocol";

    /// <summary>The vendor's client, of the boards that can afford it.</summary>
    private const string M2Mqtt = "boards/esp32-m2mqtt";

    private static string[] Projects =>
        [.. SourceTree.Files(".csproj"), .. SourceTree.Files(".nfproj")];

    [TestMethod]
    public void Projects_refer_only_downwards() =>
        Findings.AssertNone(
            from project in Projects
            from reference in Included(project, "ProjectReference")
            let target = SourceTree.FolderOf(
                SourceTree.PathFrom(SourceTree.FolderOf(project), reference))
            where !MayRefer(SourceTree.FolderOf(project), target)
            select $"{project}: refers to {target}");

    [TestMethod]
    public void Libraries_need_no_vendor_packages() =>
        Findings.AssertNone(
            from project in Projects
            where SourceTree.FolderOf(project) is "hal" or "firmware" or "boards/virtual"
                or "boards/mqtt"
            from package in Included(project, "PackageReference").Concat(DevicePackages(project))
            where !TwinPackages.Contains(package)
            select $"{project}: needs {package}");

    [TestMethod]
    public void Device_project_lists_its_sources_by_one_glob() =>
        Findings.AssertNone(
            from project in SourceTree.Files(".nfproj")
            let compiled = Included(project, "Compile").ToArray()
            where compiled is not [var glob] || !glob.EndsWith("*.cs", StringComparison.Ordinal)
            select $"{project}: compiles {string.Join(", ", compiled)}");

    [TestMethod]
    public void Host_project_lists_no_file() =>
        Findings.AssertNone(
            from project in SourceTree.Files(".csproj")
            from compiled in Included(project, "Compile")
            where !compiled.EndsWith("*.cs", StringComparison.Ordinal)
            select $"{project}: compiles {compiled}");

    [TestMethod]
    public void Solution_holds_every_project()
    {
        string solution = File.ReadAllText(Path.Combine(SourceTree.Root, "nanoframework.sln"));
        Findings.AssertNone(
            from project in Projects
            where !solution.Contains($"\"{project.Replace('/', '\\')}\"", StringComparison.Ordinal)
            select $"{project}: is not in the solution");
    }

    /// <summary>Images of boards, and tests; libraries come with what refers to them.</summary>
    [TestMethod]
    public void Workflow_builds_every_image_and_runs_every_device_test()
    {
        string workflow = File.ReadAllText(
            Path.Combine(SourceTree.Root, ".github", "workflows", "device.yml"));
        Findings.AssertNone(
            from project in SourceTree.Files(".nfproj")
            where project.StartsWith("tests/", StringComparison.Ordinal)
                || File.Exists(Path.Combine(
                    SourceTree.Root, SourceTree.FolderOf(project), "Program.cs"))
            let entry = $"- folder: {SourceTree.FolderOf(project).Split('/')[^1]}\n"
                + $"            project: {Path.GetFileNameWithoutExtension(project)}\n"
            where !workflow.Contains(entry, StringComparison.Ordinal)
            select $"{project}: is not in device.yml");
    }

    [TestMethod]
    public void Top_level_holds_only_what_it_should() =>
        Findings.AssertNone(
            from path in Directory.EnumerateFileSystemEntries(SourceTree.Root)
            let name = Path.GetFileName(path)
            where !AtTheTop.Any(
                allowed => FileSystemName.MatchesSimpleExpression(allowed, name, ignoreCase: false))
            select name);

    private static bool MayRefer(string from, string to) => from switch
    {
        "hal" => false,
        "firmware" => to == "hal",
        "boards/virtual/host" => to is "hal" or "firmware" or "boards/virtual" or "boards/mqtt",
        "boards/mqtt" => to == "hal",
        StimulatorProtocol => to == "hal",
        "boards/stimulator-esp32" => to is "hal" or StimulatorProtocol,
        "boards/esp32" or M2Mqtt => to is "hal" or "firmware" or "boards/mqtt"
            || (from == M2Mqtt && to == "boards/esp32"),
        _ when from.StartsWith("boards/esp32-", StringComparison.Ordinal) =>
            to is "hal" or "firmware" or "boards/mqtt" or "boards/esp32" or M2Mqtt,
        _ when from.StartsWith("boards/", StringComparison.Ordinal) => to is "hal" or "firmware",
        _ => to is "hal" or "firmware" or "boards/virtual" or "boards/virtual/host"
            or "boards/mqtt" or StimulatorProtocol
            || to.StartsWith("tests/", StringComparison.Ordinal),
    };

    private static IEnumerable<string> Included(string project, string item) =>
        from element in SourceTree.ReadXml(project).Descendants()
        where element.Name.LocalName == item
        let include = (string?)element.Attribute("Include")
        where include != null
        select include;

    private static IEnumerable<string> DevicePackages(string project)
    {
        string list = SourceTree.FolderOf(project) + "/packages.config";
        return from package in SourceTree.ReadXml(list).Descendants("package")
               select (string)package.Attribute("id")!;
    }
}
