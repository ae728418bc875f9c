using System.Globalization;

namespace Keyway.Tests.Host;

/// <summary>The footprint table of boards/esp32/README.md says what the images take.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FootprintTests
{
    private const string Document = "boards/esp32/README.md";
    private const int Capacity = 250;

    // Enough to see what a create makes; a code itself has its place before.
    private const int Codes = 20;
    private const int ListedFrom = 1_000;

    // Of the images in their order, in KB; the last has none.
    private static readonly double[] TargetsLive = [58.0, 72.0];
    private static readonly double[] TargetsSmallest = [64.0, 80.0];
    private static Footprint[] s_images = [];

    [ClassInitialize]
    public static void Count(TestContext context) => s_images =
    [
        Count("boards/esp32-devkitc", Capacity), Count("boards/esp32-s3", Capacity),
        Count("boards/esp32-s3", 5_000),
    ];

    [TestMethod]
    public void Footprint_table_agrees_with_the_images()
    {
        string[] named =
        [
            .. s_images.SelectMany(image => image.Types)
                .Where(type => type.Value >= ListedFrom).Select(type => type.Key).Distinct()
                .OrderByDescending(name => s_images[^1].Types.GetValueOrDefault(name)),
        ];
        string[] due =
        [
            Row("tables of the assemblies", Part(HeapPart.Tables)),
            Row("statics", Part(HeapPart.Statics)),
            Row("threads and their stacks", Part(HeapPart.Threads)),
            Row("the vendor's MQTT client", Part(HeapPart.Client)),
            Row("pins and buses", Part(HeapPart.Pins)),
            .. named.Select(name =>
                Row($"`{name}`", image => image.Types.GetValueOrDefault(name))),
            Row("smaller objects", image => image.Parts[HeapPart.Other]
                - named.Sum(name => image.Types.GetValueOrDefault(name))),
            Row("**live, connected**", image => image.Live),
            TargetRow("target of it", TargetsLive),
            Row("peaks, and places too small for what is made", image => image.Margin),
            Row("**smallest heap**", image => image.Live + image.Margin),
            TargetRow("target of that", TargetsSmallest),
            Row("the largest that is made while it runs", image => image.Largest),
        ];
        string[] rows = BoardDocument.Read(Document).Rows;
        if (!Array.TrueForAll(due, rows.Contains))
        {
            Assert.Fail($"{Document}: the table must be\n{string.Join('\n', due)}");
        }
    }

    [TestMethod]
    public void Footprint_is_not_above_its_targets() => Findings.AssertNone(
        Missed("live", TargetsLive, image => image.Live)
            .Concat(Missed("smallest heap", TargetsSmallest, image => image.Live + image.Margin)));

    private static IEnumerable<string> Missed(
        string what, double[] targets, Func<Footprint, int> bytes) =>
        from pair in targets.Zip(s_images)
        let counted = bytes(pair.Second)
        where counted > 1000 * pair.First
        select $"{what}: {counted} bytes, the target is {pair.First} KB";

    private static string TargetRow(string name, double[] targets) => $"| {name} | "
        + string.Join(" | ", targets.Select(
            target => target.ToString("0.0", CultureInfo.InvariantCulture))) + " | |";

    private static string Row(string name, Func<Footprint, int> bytes) => $"| {name} | "
        + string.Join(" | ", s_images.Select(image =>
            (bytes(image) / 1000.0).ToString("0.0", CultureInfo.InvariantCulture))) + " |";

    private static Func<Footprint, int> Part(HeapPart part) =>
        image => image.Parts.GetValueOrDefault(part);

    private static Footprint Count(string folder, int capacity)
    {
        Footprint? connected = null;
        Census.Clear();
        var image = new DeviceImage(SourceSnapshot.Now(), folder);
        image.Run(capacity, Codes, _ =>
        {
            connected ??= Footprint.Of(image, false);
            connected.Largest = Census.Largest;
            Census.Restart();
        });
        Census.Clear();
        image.Unload();
        return connected!;
    }
}
