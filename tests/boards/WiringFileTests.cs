using System;
using System.Linq;
using System.Text;
using Keyway.Boards.StimulatorEsp32;
using Keyway.Boards.StimulatorProtocol;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>The stimulator's own wiring, and what it makes of a bad file.</summary>
[TestClass]
public sealed class WiringFileTests
{
    private const string Path = "I:\\stimulator.json";

    // The keys in reverse, the relays and the line exchanged.
    private const string Other =
        """
        {
          "keys": [26, 25, 23, 22, 21, 19, 18, 17, 16, 14, 13, 4],
          "power_cut": 32, "door_open": 27, "strike": 35, "line_out": 2, "line_in": 34,
          "strike_settle_ms": 40, "loop_ms": 5
        }
        """;

    [TestMethod]
    public void A_file_says_every_pin_and_time()
    {
        using Controller controller = new();
        controller.Files[Path] = Encoding.UTF8.GetBytes(Other);
        Wiring wiring = WiringFile.Read();
        CollectionAssert.AreEqual(
            new[] { 26, 25, 23, 22, 21, 19, 18, 17, 16, 14, 13, 4 }, wiring.Keys);
        CollectionAssert.AreEqual(
            new[] { 32, 27, 35, 2, 34, 40, 5 },
            new[]
            {
                wiring.PowerCut, wiring.DoorOpen, wiring.Strike, wiring.LineOut, wiring.LineIn,
                wiring.StrikeSettleMs, wiring.LoopMs,
            });
        Assert.IsEmpty(controller.Lines);
    }

    [TestMethod]
    public void What_a_file_leaves_out_is_built_in()
    {
        using Controller controller = new();
        controller.Files[Path] = Encoding.UTF8.GetBytes("{\"strike_settle_ms\":20}");
        Wiring wiring = WiringFile.Read();
        Assert.AreEqual(20, wiring.StrikeSettleMs);
        CollectionAssert.AreEqual(Pins.Keys(), wiring.Keys);
        Assert.AreEqual(Pins.Strike, wiring.Strike);
        Assert.IsEmpty(controller.Lines);
    }

    [TestMethod]
    public void Without_a_file_the_wiring_is_built_in()
    {
        using Controller controller = new();
        AssertBuiltIn(WiringFile.Read());
        Assert.IsEmpty(controller.Lines);
    }

    // The first four are what the device's reader would crash on, or read as something else.
    [TestMethod]
    [DataRow("[1]", "must be one object")]
    [DataRow("{\"strike\":{\"a\":1}}", "must be one object")]
    [DataRow("{\"stri\\u006be\":34}", "must be one object")]
    [DataRow("{\"strike\":34}\u00e9", "must be one object")]
    [DataRow("", "must be one object")]
    [DataRow("34", "must be one object")]
    [DataRow("{\"strike\":", "is no JSON")]
    [DataRow("{\"strike\":34,\"strike\":35}", "is no JSON")]
    [DataRow("{\"strike\":[34]}", "strike must be a free pin")]
    [DataRow("{\"strike\":null}", "strike must be a free pin")]
    [DataRow("{\"strike\":\"34\"}", "strike must be a free pin")]
    [DataRow("{\"strike\":34.5}", "strike must be a free pin")]
    [DataRow("{\"strike\":true}", "strike must be a free pin")]
    [DataRow("{\"strike\":40}", "strike must be a free pin")]
    [DataRow("{\"strike\":-1}", "strike must be a free pin")]
    [DataRow("{\"strike\":99999999999}", "strike must be a free pin")]
    [DataRow("{\"strike\":20}", "strike must be a free pin")]
    [DataRow("{\"strike\":6}", "strike must be a free pin")]
    [DataRow("{\"line_in\":3}", "line_in must be a free pin")]
    [DataRow("{\"power_cut\":36}", "power_cut must be a free pin")]
    [DataRow("{\"power_cut\":32}", "door_open has a pin that is in use")]
    [DataRow("{\"power_cut\":4}", "power_cut has a pin that is in use")]
    [DataRow("{\"keys\":[4,13]}", "keys must be an array")]
    [DataRow("{\"keys\":4}", "keys must be an array")]
    [DataRow("{\"keys\":[4,13,14,16,17,18,19,21,22,23,25,\"26\"]}", "keys must be a free pin")]
    [DataRow("{\"keys\":[4,13,14,16,17,18,19,21,22,23,25,4]}", "keys has a pin that is in use")]
    [DataRow("{\"loop_ms\":0}", "loop_ms must be from 1 to 1000")]
    [DataRow("{\"strike_settle_ms\":1001}", "strike_settle_ms must be from 1 to 1000")]
    [DataRow("{\"strikes\":34}", "it has a member that is not known")]
    public void A_bad_file_is_named_and_the_built_in_wiring_stays(string file, string problem)
    {
        using Controller controller = new();
        controller.Files[Path] = Encoding.Latin1.GetBytes(file);
        AssertBuiltIn(WiringFile.Read());
        Assert.StartsWith(
            "keyway stimulator: stimulator.json: " + problem, controller.Lines.Single());
    }

    [TestMethod]
    public void A_file_that_is_too_long_or_cannot_be_read_is_named_too()
    {
        using Controller controller = new();
        controller.Files[Path] =
            Encoding.UTF8.GetBytes("{\"loop_ms\":2" + new string(' ', 1_100) + "}");
        AssertBuiltIn(WiringFile.Read());
        controller.OnFile = _ => throw new InvalidOperationException();
        AssertBuiltIn(WiringFile.Read());
        Assert.HasCount(2, controller.Lines);
    }

    private static void AssertBuiltIn(Wiring wiring)
    {
        CollectionAssert.AreEqual(Pins.Keys(), wiring.Keys);
        Assert.AreEqual(Pins.PowerCut, wiring.PowerCut);
        Assert.AreEqual(Pins.DoorOpen, wiring.DoorOpen);
        Assert.AreEqual(Pins.Strike, wiring.Strike);
        Assert.AreEqual(Pins.LineOut, wiring.LineOut);
        Assert.AreEqual(Pins.LineIn, wiring.LineIn);
        Assert.AreEqual(ProtocolLimits.StrikeSettleMs, wiring.StrikeSettleMs);
        Assert.AreEqual(Pins.LoopMs, wiring.LoopMs);
    }
}
