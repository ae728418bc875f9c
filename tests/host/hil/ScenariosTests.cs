using System.Xml.Linq;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>The scenarios that are played on a flashed lock, here on the virtual one.</summary>
[TestClass]
public sealed class ScenariosTests
{
    private const string ClosedDoor = """
        scenario: A lock that would open for anything
        steps:
          - press: "1234#"
          - expect_strike: energized
            within: 600ms

        """;

    private static string Folder =>
        Path.Combine(SourceTree.Root, "tests", "rig", "hil", "scenarios");

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancel => TestContext.CancellationToken;

    public static IEnumerable<object[]> Names() =>
        Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal)
            .Select(path => new object[] { Path.GetFileName(path) });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public async Task Scenario_passes_on_the_virtual_lock(string name)
    {
        ScenarioResult result = await PlayAsync(
            ScenarioReader.ReadAll(Path.Combine(Folder, name)).Single());

        Assert.AreEqual("", result.Problem);
        Assert.HasCount(result.Scenario.Steps.Count, result.Steps);
    }

    [TestMethod]
    public void There_is_a_scenario_for_each_thing_that_a_flashed_lock_must_do() =>
        Assert.IsGreaterThanOrEqualTo(8, Names().Count());

    [TestMethod]
    public async Task Scenario_that_is_not_met_fails_with_its_line()
    {
        ScenarioResult result = await PlayAsync(ScenarioReader.Read("door.yaml", ClosedDoor));

        Assert.AreEqual(
            "door.yaml:4: the strike was not energized within 600 ms", result.Problem);
    }

    [TestMethod]
    [DataRow("press: \"2468#\"\n  - expect_strike: none\n    within: 2s", 7, "417 ms after")]
    [DataRow("press: \"2468#\"\n  - wait: 2s", 7, "which no step expects")]
    [DataRow("press: \"1357#\"\n  - expect_event: lock.unlocked\n    within: 1s", 7,
        "no event lock.unlocked within 1 s; seen: lock.access_denied")]
    [DataRow("expect_attempt: ada\n    status: error", 6, "the answer to ada is {")]
    [DataRow("cut_power: 1s\n    within: 5ms", 6, "not online within 5 ms")]
    public async Task Lock_that_does_otherwise_fails(string step, int line, string problem)
    {
        ScenarioResult result = await PlayAsync(ScenarioReader.Read("door.yaml", $$"""
            scenario: A code
            steps:
              - command: access_codes/create
                attempt: ada
                with: {code: "2468"}
              - {{step}}

            """));

        Assert.IsFalse(result.IsPassed);
        Assert.Contains(problem, result.Problem);
        Assert.StartsWith($"door.yaml:{line}: ", result.Problem);
    }

    [TestMethod]
    public async Task Results_are_the_same_each_time()
    {
        Scenario scenario =
            ScenarioReader.ReadAll(Path.Combine(Folder, "01-create-and-open.yaml")).Single();

        ScenarioResult first = await PlayAsync(scenario);
        ScenarioResult second = await PlayAsync(scenario);

        CollectionAssert.AreEqual(first.Timings.ToArray(), second.Timings.ToArray());
    }

    [TestMethod]
    public async Task Report_is_JUnit_and_a_page_with_plots()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("keyway-hil-");
        string scenarios = folder.CreateSubdirectory("scenarios").FullName;
        File.Copy(Path.Combine(Folder, "01-create-and-open.yaml"),
            Path.Combine(scenarios, "01.yaml"));
        File.WriteAllText(Path.Combine(scenarios, "02.yaml"),
            ClosedDoor.Replace("anything", "\"<&anything>\""));
        var lines = new List<string>();

        IReadOnlyList<ScenarioResult> results = await Hil.RunAsync(
            new HilOrder(scenarios, Report: folder.FullName), lines.Add, Cancel);

        Assert.AreEqual("1 passed, 1 failed", lines[^1]);
        Assert.HasCount(2, results);
        XElement suite = XDocument.Load(Path.Combine(folder.FullName, "junit.xml"))
            .Root!.Element("testsuite")!;
        Assert.AreEqual("2", suite.Attribute("tests")!.Value);
        Assert.AreEqual("1", suite.Attribute("failures")!.Value);
        Assert.HasCount(2, suite.Elements("testcase"));
        Assert.Contains("not energized", suite.Descendants("failure").Single().Value);
        string page = File.ReadAllText(Path.Combine(folder.FullName, "index.html"));
        Assert.Contains("&lt;&amp;anything&gt;", page);
        Assert.Contains("From Enter going down to the strike being energized</h3><figure><svg",
            page);
        Assert.DoesNotContain("src=", page);
        folder.Delete(recursive: true);
    }

    private Task<ScenarioResult> PlayAsync(Scenario scenario) =>
        ScenarioRun.PlayAsync(scenario, VirtualBench.OpenAsync, Cancel);
}
