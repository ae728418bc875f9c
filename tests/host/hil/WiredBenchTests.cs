using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>
/// The way to a flashed lock, without one: a virtual lock in real time, its broker, and the
/// stimulator's loop at its keypad, over a pseudo-terminal. Times are loose: this machine may be
/// busy, and a key or a pulse that is shorter than a thread's pause would be missed.
/// </summary>
[TestClass]
public sealed class WiredBenchTests
{
    private const int StrikeMs = 3000;

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("door.yaml", """
        scenario: Codes, door and power
        steps:
          - command: access_codes/create
            attempt: ada
            with: {code: "246810", starts_at: $now-1m, ends_at: $now+1h}
          - expect_attempt: ada
            status: success
          - press: "999999#"
            hold: 150ms
            gap: 150ms
          - expect_strike: none
            within: 1s
          - expect_event: lock.access_denied
          - cut_power: 500ms
          - repeat: ada
          - expect_attempt: ada
            status: success
          - press: "246810#"
            hold: 150ms
            gap: 150ms
          - expect_strike: energized
            within: 10s
          - door: open
          - wait: 100ms
          - door: closed
          - expect_strike: released
            within: 10s
        """)]
    [DataRow("forced.yaml", """
        scenario: A door that is forced
        steps:
          - wait: 100ms
          - door: open
          - expect_event: keyway.door_forced
        """)]
    public async Task Scenario_is_played_through_broker_and_serial_line(string name, string text)
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using LockUnderTest tested = await LockUnderTest.StartAsync(
            broker.Port, adjust: settings => settings.StrikeMs = StrikeMs);
        using var stimulator = new StimulatorUnderTest(
            (key, isDown) =>
            {
                if (isDown)
                {
                    tested.Lock.Press(key);
                }
                else
                {
                    tested.Lock.Release(key);
                }
            },
            isOn => _ = isOn ? tested.Lock.RestorePowerAsync() : tested.Lock.CutPowerAsync(),
            tested.Lock.SetDoor);
        tested.Lock.DoorChanged += isOpen => stimulator.Strike.IsActive = isOpen;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("keyway-hil-");
        string file = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(file, text, Cancel);

        IReadOnlyList<ScenarioResult> results = await Hil.RunAsync(
            new HilOrder(file, tested.DeviceId, $"serial:{stimulator.Port}",
                new Uri($"mqtt://127.0.0.1:{broker.Port}")), TestContext.WriteLine, Cancel);

        Assert.AreEqual("", results.Single().Problem);
        Assert.AreEqual("wired", results.Single().Bench);
        Assert.AreEqual(0, await tested.Lock.CodeCountAsync(), "it was left as it was found");
        folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task Lock_without_a_stimulator_is_an_error_and_no_failure()
    {
        Scenario scenario = ScenarioReader.Read("a.yaml", "scenario: a\nsteps: [{wait: 1s}]");

        ScenarioResult result = await ScenarioRun.PlayAsync(scenario,
            soon => WiredBench.OpenAsync("d0c0ffee-0000-4000-8000-000000000001",
                new Uri("mqtt://127.0.0.1:1"), null, "/dev/keyway-no-such-port", soon), Cancel);

        Assert.IsNull(result.Failure);
        Assert.Contains("/dev/keyway-no-such-port", result.Error!);
    }
}
