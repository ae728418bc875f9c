using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>A scenario with a mistake is refused, and the message says where.</summary>
[TestClass]
public sealed class ScenarioReaderTests
{
    private const string Good = """
        scenario: It opens
        steps:
          - command: access_codes/create
            attempt: ada
            with: {code: "2468"}
          - expect_attempt: ada
            status: success
          - press: "2468#"
          - expect_strike: energized
            within: 600ms

        """;

    [TestMethod]
    public void Good_one_is_read()
    {
        Scenario scenario = ScenarioReader.Read("a/door.yaml", Good);

        Assert.AreEqual("door", scenario.Name);
        Assert.AreEqual("It opens", scenario.Title);
        CollectionAssert.AreEqual(
            (long[])[3, 6, 8, 9], scenario.Steps.Select(step => step.Line).ToArray());
    }

    [TestMethod]
    [DataRow("status: success", "status: fine", 7, 13, "'fine' is not one of success, error")]
    [DataRow("press: \"2468#\"", "press: \"2468E\"", 8, 12, "other characters than 123456789*0#")]
    [DataRow("within: 600ms", "within: 600", 10, 13, "'600' is not a duration")]
    [DataRow("within: 600ms", "within: 25h", 10, 13, "'25h' is not a duration")]
    [DataRow("    within: 600ms\n", "", 9, 5, "within is missing")]
    [DataRow("within: 600ms", "within: 600ms\n    soon: yes", 11, 5, "'soon' does not belong")]
    [DataRow("expect_attempt: ada", "expect_attempt: bob", 6, 21, "no command before is called")]
    [DataRow("press: \"2468#\"", "pres: \"2468#\"", 8, 5, "a step must have one of command,")]
    [DataRow("press: \"2468#\"", "press: [2, 4]", 8, 12, "press must be a plain value")]
    [DataRow("press: \"2468#\"", "press: \"1#\"\n    wait: 5s", 8, 5, "press and wait are steps")]
    [DataRow("access_codes/create", "access_codes/creat", 3, 14, "is not one of access_codes")]
    [DataRow("\"2468\"}", "$eve}", 5, 18, "$ with the name of a command before")]
    [DataRow("\"2468\"}", "[1]}", 5, 18, "code must be a string, a number")]
    [DataRow("scenario: It opens", "scenaro: It opens", 1, 1, "'scenaro' is not 'scenario' or")]
    [DataRow("scenario: It opens\n", "", 1, 1, "'scenario' is missing")]
    [DataRow("- press", "press", 8, 3, "did not find expected '-'")]
    [DataRow("attempt: ada", "attempt: ada\n    attempt: bob", 5, 5, "attempt")]
    [DataRow("attempt: ada", "attempt: now", 4, 14, "'now' is taken")]
    public void Mistake_is_named_with_its_file_line_and_column(
        string good, string bad, int line, int column, string problem)
    {
        Assert.Contains(good, Good);

        ScenarioException refused = Assert.ThrowsExactly<ScenarioException>(
            () => ScenarioReader.Read("door.yaml", Good.Replace(good, bad)));

        Assert.StartsWith($"door.yaml:{line}:{column}: ", refused.Message);
        Assert.Contains(problem, refused.Message);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("- wait: 5s")]
    [DataRow("scenario: a\nsteps: []")]
    [DataRow("scenario: a\nsteps: [5]")]
    [DataRow("scenario: a\nsteps: [{wait: 5s}]\n---\nscenario: b")]
    [DataRow("scenario: [a")]
    public void What_is_no_scenario_is_refused(string text) =>
        Assert.ThrowsExactly<ScenarioException>(() => ScenarioReader.Read("a.yaml", text));

    [TestMethod]
    public void Folder_without_scenarios_is_refused()
    {
        DirectoryInfo empty = Directory.CreateTempSubdirectory("keyway-hil-");

        Assert.ThrowsExactly<IOException>(() => ScenarioReader.ReadAll(empty.FullName));

        empty.Delete();
    }

    [TestMethod]
    [DataRow("virtual", "serial:/dev/ttyUSB1", null, null, "no wires to a virtual lock")]
    [DataRow("front-door", "virtual", null, null, "which is a UUID")]
    [DataRow("virtual", "usb", null, null, "neither 'virtual' nor 'serial:'")]
    [DataRow("d0c0ffee-0000-4000-8000-000000000001", "virtual", null, null, "keys of its own")]
    [DataRow("d0c0ffee-0000-4000-8000-000000000001", "serial:x", null, null, "--broker is missing")]
    [DataRow("d0c0ffee-0000-4000-8000-000000000001", "serial:x", "mqtts://b", null, "--site")]
    public void Order_that_makes_no_sense_is_refused(
        string door, string keypad, string? broker, string? site, string problem)
    {
        var order = new HilOrder("x", door, keypad, broker == null ? null : new Uri(broker), site);

        Assert.Contains(problem,
            Assert.ThrowsExactly<ArgumentException>(order.Check).Message);
    }
}
