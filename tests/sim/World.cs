// One lock and everything around it, on virtual time: whoever acts next decides how far the time
// jumps. SimulationSweep makes it.

using System.Globalization;
using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>A lock, its people, its network and its bad luck; everything follows from the seed.
/// </summary>
public sealed class World
{
    private const string DeviceId = "d0c0ffee-0000-4000-8000-00000000000a";
    private const int PartId = 0xEF4016;
    private const int Sectors = 18;
    private const int DecidedMs = 5;
    private const int StrikeMs = 25;
    private const int LongestDoublings = 16;
    private const int LongestMs = 60_000;
    private readonly Action<string>? _trace;
    private readonly Switches _switches;
    private readonly IMqttSession _session;
    private readonly Gremlin _gremlin;
    private readonly Typist _typist;
    private readonly Passerby _passerby;
    private readonly QuietWatch _quiet;
    private readonly IActor[] _actors;
    private long _transactions;
    private int _doublings;
    private bool _wasConnected;

    /// <summary>Makes a world; nothing has happened yet.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="without">The protection that is switched off.</param>
    /// <param name="trace">Receives what happens; null: nobody listens.</param>
    public World(int seed, Safeguard without, Action<string>? trace)
    {
        _trace = trace;
        var chance = new Chance(seed);
        _switches = new Switches(without);
        AgentSettings settings = SettingsMaker.Make(chance, DeviceId, Sectors);
        _switches.Change(settings);
        var chip = new W25qChip(
            FlashParts.Find(PartId), Clock, Sectors * SpiNorFlash.SectorSizeBytes)
        {
            EraseNanoseconds = chance.Between(1, 60) * 1_000_000,
            ProgramNanoseconds = chance.Between(20, 700) * 1000,
        };
        var keypad = new MatrixKeypad(
            4, 3, settings.KeyLegend, Clock, chance.Below(8), chance.Below(1000));
        Board = new VirtualBoard(settings, chip, keypad, _switches.Clock(Clock),
            new SeededRandom(chance.Below(1 << 30)), _switches.Hash(Typed));
        Wire = new ChipWire(Board, _switches.IsForgetful);
        Board.Ports.Flash = Wire;
        _switches.Change(Board.Ports);
        Watch = new Watch(Board, Clock, settings);
        var loopback = new LoopbackSession();
        string prefix = $"keyway/v1/{DeviceId}/";
        Broker = new Broker(chance, Clock, loopback, Watch, prefix);
        var orders = new OrderMaker(chance, Clock, Watch.Ledger, DeviceId, settings.Capacity);
        var sender = new Sender(chance, Clock, Broker, orders) { Sent = Send };
        _typist = new Typist(chance, Clock, Board, Watch.Ledger, Watch.Entries)
        {
            Typed = entry => Note($"typed: {entry.Keys}"),
            PowerCut = CutPower,
        };
        if (settings.MasterCode != null)
        {
            Watch.Ledger.Secrets.Add(settings.MasterCode);
        }

        _session = _switches.Session(loopback, Clock, Typed);
        _quiet = new QuietWatch(Clock, Board, loopback);
        _gremlin = new Gremlin(chance, this);
        _passerby = new Passerby(chance, Clock, Board);
        var inquirer = new Inquirer(chance, Clock, Broker, Watch.Ledger) { Sent = Send };
        _actors =
        [
            sender, inquirer, _typist, _gremlin, _passerby, new Auditor(Clock, Board, Watch),
        ];
        Clock.SetUtc(ModelTime.First);
        if (trace != null)
        {
            Broker.Heard = message => Note($"  {message.Topic[prefix.Length..]} "
                + Encoding.UTF8.GetString(message.Payload));
        }
    }

    public VirtualClock Clock { get; } = new();

    public VirtualBoard Board { get; }

    public ChipWire Wire { get; }

    public Broker Broker { get; }

    public Watch Watch { get; }

    /// <summary>Steps of the agent.</summary>
    public long Steps { get; private set; }

    /// <summary>Starts of the agent.</summary>
    public int Starts { get; private set; }

    /// <summary>The time of day, whatever the lock's clock says.</summary>
    public long TrueUtc => ModelTime.First + Clock.Milliseconds / 1000;

    /// <summary>Lets days pass.</summary>
    /// <exception cref="Violation">The lock has broken a promise.</exception>
    public void Run(double days)
    {
        PowerUp();
        long endMs = (long)(days * ModelTime.Day * 1000);
        while (Clock.Milliseconds < endMs)
        {
            foreach (IActor actor in _actors)
            {
                if (actor.NextMs <= Clock.Milliseconds)
                {
                    actor.Act();
                    _doublings = 0;
                }
            }

            long stepMs = NextStepMs();
            Clock.Advance(stepMs);
            _doublings = Broker.Step() ? 0 : _doublings;
            Step(stepMs);
        }

        string found = Watch.Published.Digits(
            string.Create(Board.Flash.Image.Length, Board.Flash.Image, (text, image) =>
            {
                for (int i = 0; i < text.Length; i++)
                {
                    text[i] = (char)image[i];
                }
            }));
        Violation.Require(found is "", $"the flash holds the digits {found}");
    }

    /// <summary>Something has happened.</summary>
    public void Note(string what) => _trace?.Invoke(string.Create(CultureInfo.InvariantCulture,
        $"{Steps,8} {SpelledTime.InZ(TrueUtc)}.{Clock.Milliseconds % 1000:d3} {what}"));

    /// <summary>The power goes now, between two steps.</summary>
    public void CutPower()
    {
        Board.Flash.LosePower(Starts);
        Restart();
    }

    /// <summary>Somebody rewrites the window of a code on the flash.</summary>
    public void Tamper()
    {
        KnownCode? code = Watch.Ledger.Codes.FirstOrDefault(
            code => !code.IsTampered && !code.IsBusy && code.Sure is { Ends: not 0 });
        if (code == null)
        {
            return;
        }

        Note($"the window of {code.Id} is rewritten");
        code.IsTampered = true;
        byte[] id = new byte[Uuid.SizeBytes];
        Uuid.TryRead(code.Id, id, 0);
        new FlashEditor(Board.Flash.Image).Edit(frame =>
        {
            bool isIt = frame[Frame.Type] == (byte)FrameType.Code
                && Uuid.AreEqual(frame, Frame.AccessCodeId, id, 0);
            if (isIt)
            {
                Frame.PutUInt32(frame, Frame.StartsAt, 1);
                Frame.PutUInt32(frame, Frame.EndsAt, uint.MaxValue);
            }

            return isIt;
        });
    }

    private string Typed() => _typist?.Last?.Digits ?? "";

    private void Send(SentCommand command)
    {
        Watch.Ledger.Add(command);
        Note($"sent: {command.Word} {command.Json}");
    }

    // Small steps while something moves, twice as long each time that nothing does.
    private long NextStepMs()
    {
        long nowMs = Clock.Milliseconds;
        long transactions = Board.Flash.Counters.Transactions;
        bool isQuiet = transactions == _transactions;
        _transactions = transactions;
        _doublings = isQuiet ? Math.Min(_doublings + 1, LongestDoublings) : 0;
        long stepMs = Board.Keypad.IsTyping ? _typist.StepMs
            : Board.Agent.Door.IsDecided ? DecidedMs
            : Math.Min(1L << _doublings, Board.Strike.IsActive ? StrikeMs : LongestMs);
        long nextMs = Broker.NextMs;
        foreach (IActor actor in _actors)
        {
            nextMs = Math.Min(nextMs, actor.NextMs);
        }

        return Math.Max(1, Math.Min(stepMs, nextMs - nowMs));
    }

    private void Step(long stepMs)
    {
        long beforeMs = Clock.Milliseconds;
        Steps++;
        try
        {
            Board.Agent.Step();
        }
        catch (PowerCutException)
        {
            Restart();
            return;
        }

        bool wasActive = Board.Strike.LastChangeMs < beforeMs;
        Watch.Look(beforeMs, stepMs);
        _quiet.Look();
        if (Board.Strike.IsActive && !wasActive)
        {
            Note("the strike is energized");
            _passerby.GoIn();
        }

        bool isConnected = Broker.Session.State == MqttSessionState.Connected;
        if (Broker.Collect() || isConnected != _wasConnected)
        {
            _wasConnected = isConnected;
            _doublings = 0;
            Broker.Plan();
        }
    }

    private void Restart()
    {
        Note("the power is gone");
        Watch.PowerLost();
        Broker.Drop();
        Wire.LosePower();
        _gremlin.Darken();
        PowerUp();
    }

    private void PowerUp()
    {
        bool isUp = false;
        while (!isUp)
        {
            Board.Flash.RestorePower();
            _switches.Start(Board.Flash);
            if (Starts > 0)
            {
                _gremlin.ArmStart();
            }

            // A pin floats until somebody drives it.
            Board.Strike.Write(true);
            Wire.IsStarting = true;
            Starts++;
            try
            {
                StorageStatus status = Board.PowerUp(_session);
                Violation.Require(status == StorageStatus.Ok, $"the storage starts with {status}");
                isUp = true;
            }
            catch (PowerCutException)
            {
                Note("the power is gone in the start");
                Wire.LosePower();
            }

            Watch.Started();
            _quiet.Started();
        }

        Note("the lock has started");
        _doublings = 0;
    }
}
