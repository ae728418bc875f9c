using Keyway.Boards.StimulatorProtocol;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>The stimulator's loop and the rig's client, over a pseudo-terminal.</summary>
[TestClass]
public sealed class StimulatorLineTests
{
    private const int HoldMs = 40;

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Cancel => TestContext.CancellationToken;

    [TestMethod]
    public async Task Key_is_down_for_as_long_as_was_asked()
    {
        using var stimulator = new StimulatorUnderTest();
        await using StimulatorClient client =
            await StimulatorClient.OpenAsync(stimulator.Port, Cancel);

        long first = await client.PressAsync('5', HoldMs, Cancel);
        long second = await client.PressAsync('#', HoldMs, Cancel);

        CollectionAssert.AreEqual(
            (string[])["5 down", "5 up", "# down", "# up"], stimulator.Moves.ToArray());
        Assert.IsGreaterThanOrEqualTo(HoldMs, second - first);
    }

    [TestMethod]
    public async Task Strike_is_reported_once_with_its_time()
    {
        using var stimulator = new StimulatorUnderTest();
        await using StimulatorClient client =
            await StimulatorClient.OpenAsync(stimulator.Port, Cancel);
        var edges = new List<(long AtMs, bool IsOn)>();
        client.StrikeMoved += (atMs, isOn) =>
        {
            lock (edges)
            {
                edges.Add((atMs, isOn));
            }
        };
        int Count()
        {
            lock (edges)
            {
                return edges.Count(edge => edge.IsOn);
            }
        }

        // By its answer the greeting that was asked for is over too.
        await client.DoAsync(new Request { Kind = RequestKind.Door }, Cancel);
        long before = client.Milliseconds;
        stimulator.Strike.IsActive = true;
        await Eventually.IsTrueAsync(() => Count() == 1, "the strike is reported");
        long after = client.Milliseconds;

        (long atMs, bool _) = edges.Single(edge => edge.IsOn);

        // The greeting's way maps one clock onto the other, and takes a little.
        Assert.IsGreaterThanOrEqualTo(before - 20, atMs);
        Assert.IsLessThanOrEqualTo(after + 20, atMs);
    }

    [TestMethod]
    public async Task Power_and_door_are_moved()
    {
        using var stimulator = new StimulatorUnderTest();
        await using StimulatorClient client =
            await StimulatorClient.OpenAsync(stimulator.Port, Cancel);

        foreach ((RequestKind kind, bool isOn) in ((RequestKind, bool)[])
        [
            (RequestKind.Power, false), (RequestKind.Power, true),
            (RequestKind.Door, true), (RequestKind.Door, false),
        ])
        {
            await client.DoAsync(new Request { Kind = kind, IsOn = isOn }, Cancel);
        }

        CollectionAssert.AreEqual(
            (string[])["power off", "power on", "door open", "door closed"],
            stimulator.Moves.ToArray());
    }

    [TestMethod]
    public async Task Refusal_of_the_stimulator_says_why()
    {
        using var stimulator = new StimulatorUnderTest();
        await using StimulatorClient client =
            await StimulatorClient.OpenAsync(stimulator.Port, Cancel);
        var press = new Request { Kind = RequestKind.Press, Key = '5', HoldMs = 5000 };
        await client.DoAsync(press, Cancel);

        IOException refused = await Assert.ThrowsExactlyAsync<IOException>(
            () => client.DoAsync(press, Cancel));

        Assert.Contains("'press 5 5000' with key_is_down", refused.Message);
        await client.DoAsync(new Request { Kind = RequestKind.Release, Key = '5' }, Cancel);
        CollectionAssert.AreEqual(
            (string[])["5 down", "5 up"], stimulator.Moves.ToArray());
    }

    [TestMethod]
    public async Task Port_without_a_stimulator_is_said()
    {
        using var line = new PseudoTerminal();

        IOException silent = await Assert.ThrowsExactlyAsync<IOException>(
            () => StimulatorClient.OpenAsync(line.Path, Cancel));

        Assert.Contains("no answer to 'hello'", silent.Message);
    }

    [TestMethod]
    public async Task Other_version_is_refused()
    {
        using var line = new PseudoTerminal();
        Task<StimulatorClient> opening = StimulatorClient.OpenAsync(line.Path, Cancel);
        byte[] asked = new byte[ProtocolLimits.ReadBytes];
        await Eventually.IsTrueAsync(() => line.Read(asked) > 0, "the client greets");
        line.Write("KEYWAY-STIM 2 at 5\n"u8.ToArray());

        IOException other = await Assert.ThrowsExactlyAsync<IOException>(() => opening);

        Assert.Contains("speaks version 2, not 1", other.Message);
    }

    [TestMethod]
    public async Task Stimulator_that_starts_again_ends_the_run()
    {
        using var stimulator = new StimulatorUnderTest();
        await using StimulatorClient client =
            await StimulatorClient.OpenAsync(stimulator.Port, Cancel);
        await client.DoAsync(new Request { Kind = RequestKind.Door, IsOn = true }, Cancel);
        stimulator.Say("KEYWAY-STIM 1 at 0\n");

        IOException again = await Assert.ThrowsExactlyAsync<IOException>(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                await client.PressAsync('1', 1, Cancel);
            }
        });

        Assert.Contains("started again", again.Message);
    }
}
