using Microsoft.CodeAnalysis;

namespace Keyway.Tests.Host;

/// <summary>What a clone alone can check of the device: the libraries compile against the
/// runtime's own mscorlib.</summary>
[TestClass]
public sealed class DeviceCompileTests
{
    private static readonly string[] Least =
    [
        "hal/Hal.nfproj", "firmware/Firmware.nfproj", "boards/virtual/Virtual.nfproj",
        "boards/mqtt/Mqtt.nfproj",
    ];

    [TestMethod]
    public void Libraries_of_the_device_compile_against_the_runtimes_mscorlib()
    {
        DeviceCompiler compiler = new(Reference());
        DeviceProject[] projects = [.. SourceTree.Files(".nfproj").Select(DeviceProject.Read)
            .Where(compiler.CanCompile)];
        foreach (string path in Least)
        {
            Assert.Contains(path, projects.Select(project => project.Path));
        }

        Findings.AssertNone(projects.SelectMany(compiler.Errors));
    }

    /// <summary>The check itself: .NET has all of these, the runtime has none.</summary>
    [TestMethod]
    [DataRow("int? a = 1;")]
    [DataRow("(int, int) a = (1, 2);")]
    [DataRow("var a = new System.Collections.Generic.List<int>();")]
    [DataRow("bool a = \"a\".Contains('a');")]
    [DataRow("string a = \"a\".Replace('a', 'b');")]
    [DataRow("var a = System.DateTime.Now;")]
    [DataRow("byte[] a = System.Text.Encoding.ASCII.GetBytes(\"a\");")]
    public void What_the_runtime_lacks_is_an_error(string statement)
    {
        MetadataReference reference = Reference();
        Assert.IsNotEmpty(DeviceCompiler.ErrorsOf(statement, reference));
        Assert.IsEmpty(DeviceCompiler.ErrorsOf("int a = 1; a++;", reference));
    }

    private static MetadataReference Reference()
    {
        MetadataReference? reference = CoreLibrary.TryReference();
        if (reference == null)
        {
            string why = $"skipped: not restored ({CoreLibrary.Package})";
            if (Environment.GetEnvironmentVariable("KEYWAY_FORBID_SKIP") == "1")
            {
                Assert.Fail(why);
            }

            Assert.Inconclusive(why);
        }

        return reference!;
    }
}
