// Scenario files: YAML with a title and a list of steps. The run calls it before anything is done
// to a lock, so that a mistake in the last file is found first.

using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Keyway.Tests.Rig;

/// <summary>Reads scenario files.</summary>
internal static class ScenarioReader
{
    private static readonly
        Dictionary<string, Func<StepFields, HashSet<string>, IStep>> Kinds = new()
        {
            ["command"] = CommandStep.Read,
            ["repeat"] = (fields, known) => new RepeatStep(fields.Known("repeat", known)),
            ["expect_attempt"] = ExpectAttemptStep.Read,
            ["expect_event"] = ExpectEventStep.Read,
            ["expect_strike"] = ExpectStrikeStep.Read,
            ["press"] = PressStep.Read,
            ["door"] = (fields, _) =>
                new DoorStep(fields.Word("door", ["open", "closed"]) == "open"),
            ["cut_power"] = CutPowerStep.Read,
            ["wait"] = (fields, _) => new WaitStep(fields.Ms("wait")),
            ["clock"] = ClockStep.Read,
        };

    /// <summary>Reads a file, or every .yaml file of a folder in the order of their names.
    /// </summary>
    /// <exception cref="IOException">There is no such file, or none in the folder.</exception>
    /// <exception cref="ScenarioException">A file says something wrong.</exception>
    public static IReadOnlyList<Scenario> ReadAll(string path)
    {
        if (!Directory.Exists(path))
        {
            return [Read(path, File.ReadAllText(path))];
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*.yaml")
            .Order(StringComparer.Ordinal)];
        return files.Length == 0
            ? throw new IOException($"{path}: no scenario, that is no file that ends in .yaml")
            : [.. files.Select(file => Read(file, File.ReadAllText(file)))];
    }

    /// <summary>Reads one.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="text">The file.</param>
    /// <exception cref="ScenarioException">It says something wrong.</exception>
    public static Scenario Read(string path, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException wrong)
        {
            throw new ScenarioException(
                path, wrong.Start.Line, wrong.Start.Column, wrong.Message);
        }

        if (stream.Documents.Count != 1
            || stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            throw new ScenarioException(
                path, 1, 1, "must be one document with the fields 'scenario' and 'steps'");
        }

        return Read(path, root);
    }

    private static Scenario Read(string path, YamlMappingNode root)
    {
        string? title = null;
        YamlSequenceNode? steps = null;
        foreach ((YamlNode name, YamlNode value) in root.Children)
        {
            switch ((name as YamlScalarNode)?.Value)
            {
                case "scenario" when value is YamlScalarNode { Value: { Length: > 0 } given }:
                    title = given;
                    break;
                case "steps" when value is YamlSequenceNode { Children.Count: > 0 } given:
                    steps = given;
                    break;
                case "scenario" or "steps":
                    throw At(path, value, $"{name} must be "
                        + (name.ToString() == "steps" ? "a list of steps" : "a sentence"));
                default:
                    throw At(path, name, $"'{name}' is not 'scenario' or 'steps'");
            }
        }

        if (title == null || steps == null)
        {
            throw At(path, root, $"'{(title == null ? "scenario" : "steps")}' is missing");
        }

        var known = new HashSet<string>(StringComparer.Ordinal);
        return new Scenario(path, title,
            [.. steps.Children.Select(step => ReadStep(path, step, known))]);
    }

    private static PlacedStep ReadStep(string path, YamlNode node, HashSet<string> known)
    {
        if (node is not YamlMappingNode mapping)
        {
            throw At(path, node, "a step must be a mapping, such as '- wait: 5s'");
        }

        var fields = new StepFields(path, mapping);
        string[] kinds = [.. fields.Names.Where(Kinds.ContainsKey)];
        if (kinds is not [var kind])
        {
            throw fields.Wrong(kinds.Length == 0
                ? $"a step must have one of {string.Join(", ", Kinds.Keys)}"
                : $"{string.Join(" and ", kinds)} are steps of their own");
        }

        IStep step = Kinds[kind](fields, known);
        fields.End();
        return new PlacedStep(step, node.Start.Line);
    }

    private static ScenarioException At(string path, YamlNode node, string problem) =>
        new(path, node.Start.Line, node.Start.Column, problem);
}
