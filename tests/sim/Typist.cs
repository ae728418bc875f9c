// People at the keypad: guests, people who mistype, people who guess. World steps it.

using System.Globalization;
using Keyway.Boards.Virtual;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>Types digits, one entry after the other.</summary>
public sealed class Typist(
    Chance chance, VirtualClock clock, VirtualBoard board, CodeLedger ledger, EntryWatch watch)
    : IActor
{
    private const double PauseMs = 20_000_000;
    private const int NextEntryMs = 1500;
    private const int ShowMs = 700;
    private const int SoonSeconds = 7200;
    private const int AfterCutMs = 3000;

    // Programming mode is over by then.
    private const int AloneMs = 60_000;
    private readonly Queue<string> _script = [];
    private int _burst;
    private string? _insisted;
    private bool _isToCut;

    public long NextMs { get; private set; } = chance.Wait(PauseMs);

    /// <summary>What was typed last; null before.</summary>
    public Entry? Last { get; private set; }

    /// <summary>How often the lock looks at the keys meanwhile, in ms.</summary>
    public int StepMs { get; private set; } = 1;

    /// <summary>Called when somebody who guesses cuts the power.</summary>
    public Action? PowerCut { get; set; }

    /// <summary>Called with each entry.</summary>
    public Action<Entry>? Typed { get; set; }

    public void Act()
    {
        if (board.Keypad.IsTyping || board.Agent.Door.IsDecided)
        {
            NextMs = clock.Milliseconds + ShowMs;
            return;
        }

        if (_isToCut)
        {
            _isToCut = false;
            PowerCut?.Invoke();
            _burst = 3;
            _insisted = AnyDigits();
            NextMs = clock.Milliseconds + AfterCutMs;
            return;
        }

        Entry entry = Choose();
        StepMs = chance.OneIn(4) ? 1 : chance.Between(3, 4);
        int pressMs = chance.Between(45, 110);
        int gapMs = chance.Between(45, 160);
        Last = entry;
        watch.Begin(entry);
        ledger.Secrets.Add(entry.Digits);
        Typed?.Invoke(entry);
        board.Keypad.Type(entry.Keys, pressMs, gapMs);
        NextMs = clock.Milliseconds + entry.Keys.Length * (pressMs + gapMs) + ShowMs
            + (_burst > 0 || _script.Count > 0 ? NextEntryMs + chance.Below(3000)
                : AloneMs + chance.Wait(PauseMs));
    }

    private Entry Choose()
    {
        if (_burst == 0 && _script.Count == 0 && ledger.MasterCode != null && chance.OneIn(8)
            && !ledger.Codes.Any(code => code.IsBusy))
        {
            WriteScript(ledger.MasterCode);
        }

        if (_script.TryDequeue(out string? keys))
        {
            return new Entry(keys.TrimStart('*'), keys + "#");
        }

        if (_burst == 0 && chance.OneIn(4))
        {
            // Somebody guesses, or insists on a code.
            _burst = chance.Between(2, 9);
            _insisted = chance.OneIn(2) ? null : AnyDigits();
        }

        _burst = Math.Max(0, _burst - 1);
        _isToCut = _burst == 1 && _insisted == null && chance.OneIn(5);
        string digits = _burst > 0 && _insisted == null ? Nobodys()
            : _burst > 0 && chance.OneIn(2) ? _insisted!
            : chance.OneIn(5) ? Nobodys() : AnyDigits();
        string before = chance.OneIn(8) ? chance.Digits(3) + "*" : "";
        return new Entry(digits, before + digits + "#");
    }

    // The master code, a slot, digits; a mistake now and then.
    private void WriteScript(string master)
    {
        _script.Enqueue(master);
        int slots = board.Agent.Codes.Capacity;
        if (chance.OneIn(10))
        {
            _script.Enqueue(chance.OneIn(2) ? "0" : Number(slots + chance.Between(1, 90)));
        }

        _script.Enqueue(Number(chance.Between(1, slots)));
        string digits = chance.Below(10) switch
        {
            < 2 => "0",
            2 => AnyDigits(),
            3 => chance.OneIn(2) ? master : chance.Digits(3),
            _ => Nobodys(),
        };
        if (!chance.OneIn(10))
        {
            _script.Enqueue(digits);
        }
        else if (chance.OneIn(2))
        {
            _script.Enqueue("*" + AnyDigits());
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string AnyDigits()
    {
        long now = ModelTime.First + clock.Milliseconds / 1000;
        string[] offline =
        [
            .. ledger.Offline.Codes.Select(code => code.Offline!).Where(code =>
                code.Starts <= now + SoonSeconds && code.Starts > now - 2 * ModelTime.Day)
                .Select(code => code.Digits),
        ];
        if (offline.Length > 0 && chance.OneIn(3))
        {
            return chance.Of(offline);
        }

        string[] all = [.. ledger.Digits];
        string[] there =
        [
            .. ledger.Codes.Where(code => code.Sure is { Digits: not "" })
                .Select(code => code.Sure!.Digits),
        ];
        return there.Length > 0 && chance.Below(4) > 0 ? chance.Of(there)
            : all.Length > 0 ? all[^(1 + chance.Below(Math.Min(all.Length, 40)))] : Nobodys();
    }

    private string Nobodys() => chance.Digits(chance.Between(8, 12));
}
