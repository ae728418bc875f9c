using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Keyway.Tests.Rig;

/// <summary>One step as it stands in the file; its fields are taken one by one.</summary>
/// <remarks>
/// Whatever is wrong ends in a <see cref="ScenarioException"/> that says where.
/// </remarks>
internal sealed class StepFields
{
    private readonly string _path;
    private readonly Dictionary<string, (YamlNode Name, YamlNode Value)> _left =
        new(StringComparer.Ordinal);

    private readonly YamlMappingNode _step;

    public StepFields(string path, YamlMappingNode step)
    {
        _path = path;
        _step = step;
        foreach ((YamlNode name, YamlNode value) in step.Children)
        {
            _left.Add(Scalar(name, "a field's name"), (name, value));
        }
    }

    /// <summary>The names that are not taken yet.</summary>
    public IEnumerable<string> Names => _left.Keys;

    /// <summary>Text that must be there.</summary>
    public string Text(string name) => Scalar(Take(name), name);

    /// <summary>Text that may be there.</summary>
    public string? TextOrNone(string name) => _left.ContainsKey(name) ? Text(name) : null;

    /// <summary>One of a few words.</summary>
    public string Word(string name, string[] words)
    {
        YamlNode node = Take(name);
        string word = Scalar(node, name);
        return words.Contains(word)
            ? word
            : throw At(node, $"{name}: '{word}' is not one of {string.Join(", ", words)}");
    }

    /// <summary>A duration; without a default it must be there.</summary>
    public long Ms(string name, string? otherwise = null)
    {
        if (otherwise != null && !_left.ContainsKey(name))
        {
            return Duration.Read(otherwise)!.Value;
        }

        YamlNode node = Take(name);
        string text = Scalar(node, name);
        return Duration.Read(text) ?? throw At(node,
            $"{name}: '{text}' is not a duration of at most a day such as 600ms, 5s, 2m");
    }

    /// <summary>Text of certain characters.</summary>
    public string Characters(string name, string allowed)
    {
        YamlNode node = Take(name);
        string text = Scalar(node, name);
        return text != "" && text.All(allowed.Contains)
            ? text
            : throw At(node, $"{name}: '{text}' has other characters than {allowed}");
    }

    /// <summary>A name that an earlier step must have given.</summary>
    public string Known(string name, IReadOnlySet<string> known)
    {
        YamlNode node = Take(name);
        string text = Scalar(node, name);
        return known.Contains(text)
            ? text : throw At(node, $"{name}: no command before is called '{text}'");
    }

    /// <summary>A name that no earlier step has given.</summary>
    public string New(string name, ISet<string> known)
    {
        YamlNode node = Take(name);
        string text = Scalar(node, name);
        return text == "now" || !known.Add(text)
            ? throw At(node, $"{name}: '{text}' is taken") : text;
    }

    /// <summary>Members for a payload; none when the field is not there.</summary>
    public PayloadMember[] Members(string name, IReadOnlySet<string> known)
    {
        if (!_left.ContainsKey(name))
        {
            return [];
        }

        YamlNode node = Take(name);
        return node is YamlMappingNode members
            ? [.. members.Children.Select(member => Member(member.Key, member.Value, known))]
            : throw At(node, $"{name} must be a mapping of members");
    }

    /// <summary>All fields must have been taken.</summary>
    public void End()
    {
        if (_left.Count > 0)
        {
            (string name, (YamlNode Name, YamlNode Value) field) = _left.First();
            throw At(field.Name, $"'{name}' does not belong to this step");
        }
    }

    /// <summary>An error of the whole step.</summary>
    public ScenarioException Wrong(string problem) => At(_step, problem);

    private YamlNode Take(string name) =>
        _left.Remove(name, out (YamlNode Name, YamlNode Value) field)
            ? field.Value : throw At(_step, $"{name} is missing");

    private PayloadMember Member(YamlNode name, YamlNode value, IReadOnlySet<string> known)
    {
        string called = Scalar(name, "a member's name");
        if (value is not YamlScalarNode scalar)
        {
            throw At(value, $"{called} must be a string, a number, true, false or null");
        }

        string text = scalar.Value ?? "";
        if (scalar.Style == ScalarStyle.Plain)
        {
            switch (text)
            {
                case "true" or "false":
                    return new PayloadMember(called, text == "true");
                case "null" or "~" or "":
                    return new PayloadMember(called, null);
                default:
                    if (long.TryParse(text, NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture, out long number))
                    {
                        return new PayloadMember(called, number);
                    }

                    break;
            }
        }

        return Placeholder.IsSound(text, known)
            ? new PayloadMember(called, text)
            : throw At(value, $"{called}: '{text}' is not $now, $now+DURATION, $now-DURATION or "
                + "$ with the name of a command before");
    }

    private string Scalar(YamlNode node, string name) =>
        node is YamlScalarNode { Value: { } value }
            ? value : throw At(node, $"{name} must be a plain value");

    private ScenarioException At(YamlNode node, string problem) =>
        new(_path, node.Start.Line, node.Start.Column, problem);
}
