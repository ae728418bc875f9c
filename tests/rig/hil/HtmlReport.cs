using System.Net;
using System.Text;

namespace Keyway.Tests.Rig;

/// <summary>Results as one page that needs nothing else.</summary>
internal static class HtmlReport
{
    private const string Head = """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Keyway: hardware in the loop</title>
        <style>
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 60em;
          padding: 0 1em; color: #222; background: #fff; }
        table { border-collapse: collapse; width: 100%; }
        td, th { text-align: left; padding: .2em .8em .2em 0; border-bottom: 1px solid #ddd;
          vertical-align: top; }
        td.n { text-align: right; white-space: nowrap; }
        .passed { color: #1a7f37; } .failed { color: #b42318; font-weight: bold; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; }
        figure { margin: 1em 0; overflow-x: auto; }
        </style>

        """;

    /// <summary>Writes the page.</summary>
    public static string Write(IReadOnlyList<ScenarioResult> results, DateTimeOffset startedAt)
    {
        var page = new StringBuilder(Head);
        int passed = results.Count(result => result.IsPassed);
        page.AppendLine("<h1>Hardware in the loop</h1>");
        page.AppendLine($"<p>{startedAt:yyyy-MM-dd HH:mm} UTC, lock: "
            + $"{Text(string.Join(", ", results.Select(result => result.Bench).Distinct()))}. "
            + $"{passed} passed, {results.Count - passed} failed.</p>");
        page.AppendLine("<table><tr><th>scenario<th>what it shows<th>result</tr>");
        foreach (ScenarioResult result in results)
        {
            page.AppendLine($"<tr><td><a href=\"#{Text(result.Scenario.Name)}\">"
                + $"{Text(result.Scenario.Name)}</a><td>{Text(result.Scenario.Title)}"
                + $"<td>{Outcome(result)}</tr>");
        }

        page.AppendLine("</table>");
        Plots(page, results);
        foreach (ScenarioResult result in results)
        {
            Details(page, result);
        }

        return page.ToString();
    }

    private static void Plots(StringBuilder page, IReadOnlyList<ScenarioResult> results)
    {
        page.AppendLine("<h2>Timings</h2>");
        page.AppendLine(
            "<p>A bar is a measurement, a red mark what the scenario allows, where that is not "
            + "far above.</p>");
        foreach ((TimingKind kind, string svg) in TimingPlots.Draw(results))
        {
            page.AppendLine($"<h3>{TimingPlots.TitleOf(kind)}</h3><figure>{svg}</figure>");
        }
    }

    private static void Details(StringBuilder page, ScenarioResult result)
    {
        page.AppendLine($"<h2 id=\"{Text(result.Scenario.Name)}\">{Text(result.Scenario.Name)}: "
            + $"{Text(result.Scenario.Title)}</h2>");
        page.AppendLine($"<p>{Outcome(result)}</p>");
        if (!result.IsPassed)
        {
            page.AppendLine($"<pre>{Text(result.Problem)}</pre>");
        }

        page.AppendLine("<table><tr><th>ms<th>line<th>step<th>took</tr>");
        foreach (StepResult step in result.Steps)
        {
            string took = string.Join(", ", result.Timings
                .Where(timing => timing.Line == step.Line).Select(timing => $"{timing.Ms} ms"));
            page.AppendLine($"<tr><td class=\"n\">{step.AtMs}<td class=\"n\">{step.Line}"
                + $"<td>{Text(step.Says)}<td class=\"n\">{took}</tr>");
        }

        page.AppendLine("</table>");
    }

    private static string Outcome(ScenarioResult result) => result.IsPassed
        ? "<span class=\"passed\">passed</span>" : "<span class=\"failed\">failed</span>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
