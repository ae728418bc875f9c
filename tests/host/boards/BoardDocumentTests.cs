using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>What the boards' READMEs say of pins, LEDs and members is what the code has.</summary>
[TestClass]
public sealed partial class BoardDocumentTests
{
    private const StringComparison Ordinal = StringComparison.Ordinal;
    private const string Shared = "boards/esp32/README.md";

    /// <summary>Where the folders of boards that are built must be named.</summary>
    private static readonly (string Path, string Format)[] Lists =
    [
        ("README.md", "(boards/{0}/README.md)"),
        (Shared, "(../{0}/README.md)"),
    ];

    public static IEnumerable<string> Boards =>
        from project in SourceTree.Files(".nfproj")
        where project.StartsWith("boards/esp32-", StringComparison.Ordinal)
            && File.Exists(Path.Combine(
                SourceTree.Root, SourceTree.FolderOf(project), "Program.cs"))
        select project;

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void Board_is_named_wherever_boards_are(string project)
    {
        string folder = SourceTree.FolderOf(project).Split('/')[^1];
        Findings.AssertNone(
            from list in Lists
            let name = string.Format(CultureInfo.InvariantCulture, list.Format, folder)
            where !BoardDocument.Read(list.Path).Text.Contains(name, StringComparison.Ordinal)
            select $"{list.Path}: nothing of {name}");
    }

    /// <summary>A chip fact carries its source.</summary>
    [TestMethod]
    public void Remarks_on_flash_parts_name_each_datasheet()
    {
        const string Path = "hal/FlashParts.cs";
        string remarks = string.Concat(SourceTree.Sources.Single(file => file.Path == Path)
            .Lines.Where(line => line.StartsWith("///", StringComparison.Ordinal)));
        Findings.AssertNone(
            from part in FlashParts.All()
            where !remarks.Contains($"{part.Name} rev. ", StringComparison.Ordinal)
            select $"{Path}: no datasheet of {part.Name}");
    }

    [TestMethod]
    [DynamicData(nameof(Boards))]
    public void Wiring_table_has_every_pin(string project)
    {
        string folder = SourceTree.FolderOf(project);
        var document = BoardDocument.Read(folder + "/README.md");
        var pins = Pin().Matches(
            File.ReadAllText(Path.Combine(SourceTree.Root, folder, "Pins.cs")));
        Assert.IsGreaterThan(10, pins.Count);
        Findings.AssertNone(
            from pin in pins
            group pin.Groups["numbers"].Value.Trim()
                by Numbered().Replace(pin.Groups["name"].Value, "s") into wires
            let row = $"| {Words(wires.Key)} | {string.Join(", ", wires)} |"
            where !document.HasRow(row)
            select $"{folder}/README.md: no row begins {row}");
    }

    [TestMethod]
    public void LED_table_has_every_pattern()
    {
        MethodInfo timesOf = typeof(Feedback).GetMethod(
            "TimesOf", BindingFlags.Static | BindingFlags.NonPublic)!;
        var document = BoardDocument.Read(Shared);
        var patterns = Enum.GetValues<FeedbackPattern>();
        const int Columns = 7;
        Findings.AssertNone(
            from pattern in patterns
            where pattern != FeedbackPattern.None
            let times = BitConverter.GetBytes((ulong)timesOf.Invoke(null, [pattern])!)
            let cells = times.Take(Columns)
                .Select((units, column) => units * (column < Columns - 1 ? 10 : 100)).ToArray()
            let row = $"| `{pattern}` | {OnOff(cells[0], cells[1])} | {OnOff(cells[2], cells[3])}"
                + $" | {OnOff(cells[4], cells[5])} | {Lasts(cells[6])} |"
            where !document.HasRow(row)
            select $"{Shared}: no row begins {row}");
    }

    [TestMethod]
    public void Setup_table_has_every_member()
    {
        var document = BoardDocument.Read(Shared);
        Findings.AssertNone(
            from name in LockSetup.Members.Split(' ')
            where !document.HasRow($"| `{name}` |")
            select $"{Shared}: no row for {name}");
    }

    /// <summary>Of one version of nanoff, and for targets that the table of boards has.</summary>
    [TestMethod]
    public void Commands_of_nanoff_have_one_form()
    {
        string targets = string.Concat(
            BoardDocument.Read(Shared).Rows.Where(row => row.StartsWith("| [", Ordinal)));
        string[] versions = [.. Told(NanoffInstall()).Select(told => told.Text).Distinct()];
        Assert.HasCount(1, versions, string.Join(", ", versions));
        Findings.AssertNone(
            from told in Told(Nanoff())
            let command = NanoffForm().Match(told.Text)
            where !command.Success || !(command.Groups["target"].Length == 0
                || targets.Contains($"`{command.Groups["target"].Value}`", Ordinal))
            select $"{told.Path}: {told.Text}");
    }

    [TestMethod]
    public void Boot_reasons_are_all_told()
    {
        var document = BoardDocument.Read(Shared);
        Findings.AssertNone(
            from field in typeof(BootReasons).GetFields()
            let reason = (string)field.GetRawConstantValue()!
            where !document.HasRow($"| `{reason}` |")
            select $"{Shared}: no row for {reason}");
    }

    /// <summary>CD4541B: 2^15 periods of 2.3 Rtc Ctc; 1 % and 5 % parts, 5 % of its own.</summary>
    [TestMethod]
    public void Timer_of_the_strike_ends_no_pulse_that_the_firmware_allows()
    {
        const double TypicalSeconds = 32_768 * 2.3 * 110e3 * 1e-9;
        const double ShortestSeconds = TypicalSeconds * 0.99 * 0.95 * 0.95;
        const double LongestSeconds = TypicalSeconds * 1.01 * 1.05 * 1.05;
        Assert.IsGreaterThan(Limits.StrikeLongestMs / 1000.0, ShortestSeconds);
        StringAssert.Contains(
            BoardDocument.Read(Shared).Text,
            FormattableString.Invariant(
                $"{TypicalSeconds:0.0} s ({ShortestSeconds:0.0} to {LongestSeconds:0.0} s"));
    }

    [GeneratedRegex(@"(?<name>\w+)(\(\))? =>? (new int\[\] \{)?(?<numbers>[\d, ]*\d)( \})?[,;]")]
    private static partial Regex Pin();

    // A row or column of the keypad by its number.
    [GeneratedRegex("[0-9]$")]
    private static partial Regex Numbered();

    [GeneratedRegex(@"dotnet tool install -g nanoff\b[^`\n]*")]
    private static partial Regex NanoffInstall();

    [GeneratedRegex(@"\bnanoff --(?!version)[^`\n]*")]
    private static partial Regex Nanoff();

    [GeneratedRegex(@"^nanoff (--platform esp32 --serialport COM3 --devicedetails"
        + @"|--target (?<target>\w+) --serialport COM3 (--update --masserase"
        + @"|--deploy --image Keyway\.Boards\.\w+\.bin)"
        + @"|--filedeployment filedeployment\.json"
        + @"|--networkdeployment networkdeployment\.json)$")]
    private static partial Regex NanoffForm();

    // In all documents, and in what provision prints.
    private static IEnumerable<(string Path, string Text)> Told(Regex what) =>
        from path in (string[])[.. SourceTree.Files(".md"), .. SourceTree.Files("Command.cs")]
        from match in what.Matches(File.ReadAllText(Path.Combine(SourceTree.Root, path)))
        select (path, match.Value);

    // "KeypadRows" is "keypad rows" in a table, "GreenLed" is "green LED".
    private static string Words(string name) =>
        Regex.Replace(name, "(?<!^)([A-Z])", " $1").ToLowerInvariant()
            .Replace(" led", " LED").Replace("mosi", "MOSI").Replace("miso", "MISO");

    private static string OnOff(int onMs, int offMs) =>
        onMs == 0 ? "off" : offMs == 0 ? "on" : $"{onMs} ms on, {offMs} ms off";

    private static string Lasts(int ms) => ms == 0 ? "until it ends" : $"{ms / 1000.0} s";
}
