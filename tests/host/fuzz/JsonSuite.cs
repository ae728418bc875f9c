using System.Globalization;

namespace Keyway.Tests.Host.Fuzz;

/// <summary>A case of JSONTestSuite, by its name there, and what our reader has to say of it.
/// </summary>
/// <param name="Name">y_ has to be accepted by RFC 8259, n_ refused, i_ is for each to decide.
/// </param>
/// <param name="Error">None, the error, or Refused: with any error.</param>
/// <param name="Json">The payload.</param>
internal sealed record JsonSuite(string Name, string Error, byte[] Json)
{
    /// <summary>The table json-suite.txt: name, error, payload with \\, \s, \n, \t and \xHH.
    /// </summary>
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
}
