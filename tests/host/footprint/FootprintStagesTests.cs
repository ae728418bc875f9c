namespace Keyway.Tests.Host;

/// <summary>The footprint's formula gives what was measured of an older commit on the device's
/// runtime, built for 32 bits.</summary>
[TestClass]
[DoNotParallelize]
public sealed class FootprintStagesTests
{
    private const string Measured = "624b69a";
    private const double Most = 0.03;

    // It was measured over fake pins: real ones take 4,400 bytes, which is 2,400 more.
    private const int FakePins = 2_000;
    private const int RealPins = 4_400;

    // Which object is the first of the stage after it.
    private static readonly (string Stage, string? Ends, int Bytes)[] Stages =
    [
        ("image loaded", null, 36_564),
        ("setup read", "Board", 39_432),
        ("board made", "AgentSettings", 42_048),
        ("agent constructed", "Supervisor", 96_072),
        ("loop", "MqttLink", 96_480),
        ("connected", null, 105_480),
        ("codes", null, 106_788),
    ];

    [TestMethod]
    [RequiresCommit(Measured)]
    public void Formula_gives_each_stage_that_was_measured()
    {
        var live = new Dictionary<string, Footprint>();
        Census.Clear();
        var image = new DeviceImage(SourceSnapshot.At(Measured), "boards/esp32-devkitc");
        live["image loaded"] = Footprint.AtMain(image);
        Census.Constructing = type =>
        {
            string? stage = Stages.FirstOrDefault(one => one.Ends == type.Name).Stage;
            if (stage != null && !live.ContainsKey(stage))
            {
                live[stage] = Footprint.Of(image, false);
            }
        };
        image.Run(250, 250, stage => live[stage] = Footprint.Of(image, stage == "codes"));
        Census.Clear();
        (string, int, int)[] figures =
        [
            .. Stages.Select(one =>
                (one.Stage, one.Bytes, live[one.Stage].WithoutPins + FakePins)),
            ("with real pins", Stages[^1].Bytes + RealPins, live["codes"].Live + FakePins),
        ];
        foreach ((string stage, int bytes, int counted) in figures)
        {
            Console.WriteLine($"{stage}: {counted}, measured {bytes}");
        }

        Findings.AssertNone(
            from figure in figures
            let bytes = figure.Item2
            let counted = figure.Item3
            where Math.Abs(counted - bytes) > Most * bytes
            select $"{figure.Item1}: {counted}, measured {bytes}");
    }
}
