namespace Keyway.Tests.Host;

/// <summary>A README of a board, line by line.</summary>
internal sealed class BoardDocument
{
    private BoardDocument(string text)
    {
        Text = text;
        Rows = [.. text.Split('\n').Where(line => line.StartsWith('|'))];
    }

    public string Text { get; }

    /// <summary>The lines of its tables.</summary>
    public string[] Rows { get; }

    public static BoardDocument Read(string path) =>
        new(File.ReadAllText(Path.Combine(SourceTree.Root, path)));

    public bool HasRow(string start) =>
        Rows.Any(row => row.StartsWith(start, StringComparison.Ordinal));
}
