using System.Text;
using Keyway.Boards.StimulatorProtocol;
using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>The stimulator's loop, in a time that the test makes.</summary>
[TestClass]
public sealed class StimulationTests
{
    [TestMethod]
    public void It_greets_first_and_says_how_the_strike_is()
    {
        var wires = new Wires();

        wires.Stimulation.Step(100);

        Assert.AreEqual("KEYWAY-STIM 1 at 100\nstrike off at 100\n", wires.TakeSaid());
    }

    [TestMethod]
    public void Press_ends_by_itself()
    {
        Wires wires = Greeted();

        wires.Ask("press 5 60\n", 110);
        Assert.AreEqual("ok press 5 60 at 110\n", wires.TakeSaid());
        wires.Stimulation.Step(169);
        Assert.AreEqual("5", wires.Down);
        Assert.AreEqual("", wires.TakeSaid());
        wires.Stimulation.Step(170);

        Assert.AreEqual("", wires.Down);
        Assert.AreEqual("released 5 at 170\n", wires.TakeSaid());
    }

    [TestMethod]
    public void Two_keys_may_be_down_at_a_time()
    {
        Wires wires = Greeted();

        wires.Ask("press 1 60\npress # 60\n", 110);

        Assert.AreEqual("1#", wires.Down);
    }

    [TestMethod]
    public void Release_comes_before_the_time_and_is_told_once()
    {
        Wires wires = Greeted();
        wires.Ask("press 5 60\n", 110);
        wires.TakeSaid();

        wires.Ask("release 5\n", 120);
        wires.Stimulation.Step(500);

        Assert.AreEqual("", wires.Down);
        Assert.AreEqual("ok release 5 at 120\n", wires.TakeSaid());
    }

    [TestMethod]
    public void Line_with_a_mistake_moves_nothing()
    {
        Wires wires = Greeted();

        wires.Ask("press x 60\npress 5\nsing\n\u0001\n", 110);

        Assert.AreEqual("", wires.Down);
        Assert.AreEqual("error unknown_key\nerror missing_word\nerror unknown_word\n"
            + "error not_text\n", wires.TakeSaid());
    }

    [TestMethod]
    public void Strike_edge_has_the_time_of_its_beginning()
    {
        Wires wires = Greeted();

        wires.Strike.IsActive = true;
        wires.Stimulation.Step(200);
        Assert.AreEqual("", wires.TakeSaid());
        wires.Stimulation.Step(200 + ProtocolLimits.StrikeSettleMs);

        Assert.AreEqual("strike on at 200\n", wires.TakeSaid());
    }

    [TestMethod]
    public void Glitch_at_the_strike_is_no_edge()
    {
        Wires wires = Greeted();

        wires.Strike.IsActive = true;
        wires.Stimulation.Step(200);
        wires.Strike.IsActive = false;
        wires.Stimulation.Step(200 + ProtocolLimits.StrikeSettleMs);
        wires.Stimulation.Step(500);

        Assert.AreEqual("", wires.TakeSaid());
    }

    private static Wires Greeted()
    {
        var wires = new Wires();
        wires.Stimulation.Step(100);
        wires.TakeSaid();
        return wires;
    }

    private sealed class Wires : ISerialLine
    {
        private readonly StringBuilder _said = new();
        private readonly RecordedPin[] _keys;
        private byte[] _asked = [];

        public Wires()
        {
            var clock = new VirtualClock();
            _keys = [.. ProtocolLimits.Keys.Select(_ => new RecordedPin(clock))];
            Stimulation = new Stimulation(this, new StimulatorPins
            {
                Keys = [.. _keys.Cast<IOutputPin>()],
                PowerCut = new RecordedPin(clock),
                DoorOpen = new RecordedPin(clock),
                Strike = Strike,
            });
        }

        public Stimulation Stimulation { get; }

        public SettablePin Strike { get; } = new();

        public string Down => string.Concat(
            ProtocolLimits.Keys.Where((_, index) => _keys[index].IsActive));

        public void Ask(string lines, long atMs)
        {
            _asked = Encoding.ASCII.GetBytes(lines);
            Stimulation.Step(atMs);
        }

        public string TakeSaid()
        {
            string said = _said.ToString();
            _said.Clear();
            return said;
        }

        public int Read(byte[] buffer)
        {
            int count = _asked.Length;
            _asked.CopyTo(buffer, 0);
            _asked = [];
            return count;
        }

        public void Write(byte[] bytes) => _said.Append(Encoding.ASCII.GetString(bytes));
    }
}
