using System.Globalization;
using System.Text.RegularExpressions;

namespace Keyway.Tests.Host.Fuzz;

/// <summary>A case of JSONTestSuite, by its name there, and what our reader has to say of it.
/// </summary>
/// <remarks>All names as of November 2024; each payload is what its name says, in our words.
/// </remarks>
/// <param name="Name">y_ has to be accepted by RFC 8259, n_ refused, i_ is for each to decide.
/// </param>
/// <param name="Error">None, the error, or Refused: with any error.</param>
/// <param name="Json">The payload.</param>
internal sealed partial record JsonSuite(string Name, string Error, byte[] Json)
{
    /// <summary>The table json-suite.txt: name, error, payload with \\, \s, \n, \t, \xHH, and
    /// \*500[\. for what stands so many times.</summary>
    public static JsonSuite[] All()
    {
        string path = Path.Combine(SourceTree.Root, "tests", "host", "fuzz", "json-suite.txt");
        return [.. File.ReadAllLines(path).Select(Read)];
    }

    private static JsonSuite Read(string line)
    {
        string[] parts = line.Split(' ', 3);
        return new JsonSuite(parts[0], parts[1], Bytes(parts[2]));
    }

    private static byte[] Bytes(string text)
    {
        text = Repeated().Replace(text, match => string.Concat(Enumerable.Repeat(
            match.Groups["unit"].Value,
            int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture))));
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                bytes.Add((byte)text[i]);
                continue;
            }

            i++;
            bytes.Add(text[i] switch
            {
                's' => (byte)' ',
                'n' => (byte)'\n',
                't' => (byte)'\t',
                '\\' => (byte)'\\',
                'x' => byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber,
                    CultureInfo.InvariantCulture),
                _ => throw new FormatException(text),
            });
            i += text[i] == 'x' ? 2 : 0;
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"\\\*(?<times>[0-9]+)(?<unit>[^0-9].*?)\\\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Repeated();
}
