using System.Globalization;
using System.Xml.Linq;

namespace Keyway.Tests.Rig;

/// <summary>Results as JUnit XML, a test case a scenario.</summary>
internal static class JUnitReport
{
    /// <summary>Writes the document.</summary>
    public static XDocument Write(IReadOnlyList<ScenarioResult> results, DateTimeOffset startedAt)
    {
        object[] counts =
        [
            new XAttribute("tests", results.Count),
            new XAttribute("failures", results.Count(result => result.Failure != null)),
            new XAttribute("errors", results.Count(IsBroken)),
            new XAttribute("time", Seconds(results.Sum(result => result.Took.TotalSeconds))),
        ];
        return new XDocument(new XElement("testsuites", counts,
            new XElement("testsuite", new XAttribute("name", "hil"), counts,
                new XAttribute("skipped", 0),
                new XAttribute("timestamp",
                    startedAt.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
                results.Select(Case))));
    }

    private static bool IsBroken(ScenarioResult result) =>
        result is { Failure: null, Error: not null };

    private static XElement Case(ScenarioResult result) => new("testcase",
        new XAttribute("classname", $"hil.{result.Bench}"),
        new XAttribute("name", $"{result.Scenario.Name}: {result.Scenario.Title}"),
        new XAttribute("time", Seconds(result.Took.TotalSeconds)),
        result.IsPassed ? null : new XElement(IsBroken(result) ? "error" : "failure",
            new XAttribute("message", Clean(result.Failure ?? result.Error!)),
            Clean(result.Problem)),
        new XElement("system-out", Clean(string.Concat(result.Timings.Select(timing =>
            $"{result.Scenario.Path}:{timing.Line}: {timing.Kind} {timing.Ms} ms of "
            + $"{timing.WithinMs}\n")))));

    private static string Seconds(double seconds) =>
        seconds.ToString("0.000", CultureInfo.InvariantCulture);

    // A lock's answer may be anything; XML may not.
    private static string Clean(string text) =>
        string.Concat(text.Where(System.Xml.XmlConvert.IsXmlChar));
}
