// One lock from its first start through many sequences of commands, and the model beside it.
// CommandSweep makes it; it asks RequestMaker and ClockMaker what to do.

using Keyway.Boards.Virtual;
using static Keyway.Tests.Model.Difference;

namespace Keyway.Tests.Model;

/// <summary>A lock under test; everything follows from the seed.</summary>
public sealed class Life
{
    private const int StepsMin = 5;
    private const int StepsSpan = 8;
    private const int WrongEntriesMax = 3;
    private const string NobodysDigits = "770077";
    private readonly SeededRandom _random;
    private readonly Pair _pair;
    private readonly Exchange _exchange;
    private readonly RequestMaker _requests;
    private readonly ClockMaker _clocks;
    private int _sequence;
    private int _step;
    private int _wrongEntries;

    /// <summary>Starts a new lock.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="trace">Receives every step; null: nobody listens.</param>
    public Life(int seed, Action<string>? trace)
    {
        _random = new SeededRandom(seed);
        var shape = new ModelShape(
            4 + 4 * _random.Next(3), _random.Next(2) == 0, _random.Next(4) > 0);
        _pair = new Pair(shape, trace);
        _exchange = new Exchange(_pair);
        _requests = new RequestMaker(_random, _pair.Model, _pair.Clock);
        _clocks = new ClockMaker(_random, _pair.Model, _pair.Clock);
    }

    /// <summary>Where it is, for whoever reads of a difference.</summary>
    public string Now => $"sequence {_sequence}, step {_step}: {_pair.Doing}";

    /// <summary>Steps done.</summary>
    public int Steps { get; private set; }

    private LockModel Model => _pair.Model;

    /// <summary>One sequence: some steps, then what the digits do is compared, and more.</summary>
    /// <param name="number">Its number in this life.</param>
    public void Run(int number)
    {
        int count = StepsMin + _random.Next(StepsSpan);
        _sequence = number;
        for (_step = 1; _step <= count; _step++)
        {
            Steps++;
            DoStep();
            Require(_pair.Lock.CodeCount == Model.Codes.Count, "codes on the lock",
                string.Join(' ', Model.Codes.Keys), $"{_pair.Lock.CodeCount}");
        }

        CheckDigits(Model.Codes.Values.Select(code => code.Digits));
        switch (_random.Next(6))
        {
            case 0:
                _exchange.ListAll(_requests, _random.Next(3));
                break;
            case < 3:
                _exchange.CheckStates();
                break;
            case < 5:
                CheckDigits(RequestMaker.Digits);
                break;
        }
    }

    private void DoStep()
    {
        switch (_random.Next(200))
        {
            case < 145:
                Request request = _requests.Next();
                int cutOneIn = request.Word == Words.Delete ? 10 : 50;
                _exchange.Send(request, _random.Next(cutOneIn) == 0);
                break;
            case < 169:
                _pair.Align();
                _pair.Begin(_clocks.Move());
                _pair.Move();
                break;
            case < 173:
                _pair.SaveTime();
                _pair.Begin("power cut");
                _pair.CutPower(_random.Next(2) == 0);
                _pair.Rest();
                break;
            case < 175:
                Use();
                break;
            case < 177:
                Type(Pick(Model.Codes.Values));
                break;
            default:
                _exchange.Send(_requests.Question(), false);
                break;
        }
    }

    private void CheckDigits(IEnumerable<string> all)
    {
        foreach (string digits in all)
        {
            string? match = Model.Match(digits);
            string said = _pair.Lock.Match(digits, Model.Time);
            Require(match == null || match == said, $"digits {digits}", match ?? "", said);
        }
    }

    // A one-time code, mostly: once more it does not open.
    private void Use()
    {
        ModelCode? code = Pick(Model.Codes.Values.Where(code => code.IsOneTime));
        if (code != null)
        {
            Type(code);
            Type(code);
        }
    }

    private void Type(ModelCode? code)
    {
        string digits = code?.Digits ?? NobodysDigits;
        string? match = Model.Match(digits);
        bool isUsed = code is { IsOneTime: true, IsUsed: true };
        bool isRight = match == "Opens" && !isUsed;
        if (match == null || (!isRight && _wrongEntries == WrongEntriesMax))
        {
            // Five wrong ones would lock the keypad.
            return;
        }

        _wrongEntries += isRight ? 0 : 1;
        _pair.Align();
        _pair.Begin($"{digits} are typed");
        bool opens = _pair.Lock.Opens(digits);
        if (code != null)
        {
            code.IsUsed |= opens && code.IsOneTime;
        }

        _pair.Move();

        // Typing takes a while: perhaps over a start or an end.
        bool isSame = Model.Match(digits) == match;
        Require(!isSame || opens == isRight, "the door opens", $"{isRight}", $"{opens}");
    }

    private ModelCode? Pick(IEnumerable<ModelCode> codes) => _requests.Pick(codes);
}
