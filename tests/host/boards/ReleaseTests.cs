using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>One version, in hal/Release.cs, for all that is released together.</summary>
[TestClass]
public sealed class ReleaseTests
{
    public static IEnumerable<string> Projects =>
        from project in SourceTree.Files(".nfproj")
        where !project.StartsWith("tests/", StringComparison.Ordinal)
        select project;

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void Assembly_of_the_device_has_the_version(string project)
    {
        string path = SourceTree.FolderOf(project) + "/AssemblyInfo.cs";
        SourceFile? attributes = SourceTree.Sources.SingleOrDefault(file => file.Path == path);
        Assert.IsNotNull(attributes, $"{path}: is missing");
        Assert.Contains("[assembly: AssemblyVersion(Release.Version)]", attributes.Lines);
    }

    [TestMethod]
    public void Assembly_of_the_host_has_the_version()
    {
        Version due = new(Release.Version + ".0");
        Assert.AreEqual(due, typeof(Release).Assembly.GetName().Version);
        Assert.AreEqual(due, typeof(Agent).Assembly.GetName().Version);
        Assert.AreEqual(due, typeof(VirtualBoard).Assembly.GetName().Version);
        Assert.AreEqual(due, typeof(Rig.LockClient).Assembly.GetName().Version);
    }

    [TestMethod]
    [DynamicData(nameof(BoardDocumentTests.Boards), typeof(BoardDocumentTests))]
    public void Line_at_the_start_is_told_with_the_version(string project) =>
        Assert.Contains(
            $"`keyway {Release.Version}: started: power`",
            BoardDocument.Read(SourceTree.FolderOf(project) + "/README.md").Text);
}
