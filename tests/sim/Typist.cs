// People at the keypad: guests, people who mistype, people who guess. World steps it.

using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sim;

/// <summary>Types digits, one entry after the other.</summary>
public sealed class Typist(
    Chance chance, VirtualClock clock, VirtualBoard board, CodeLedger ledger, EntryWatch watch)
    : IActor
{
    private const double PauseMs = 20_000_000;
    private const int NextEntryMs = 1500;
    private const int ShowMs = 700;
    private const int AfterCutMs = 3000;
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
            + (_burst > 0 ? NextEntryMs + chance.Below(3000) : chance.Wait(PauseMs));
    }

    private Entry Choose()
    {
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

    private string AnyDigits()
    {
        string[] offline =
        [
            .. ledger.Offline.Codes.TakeLast(15).Select(code => code.Offline!.Digits),
        ];
        if (offline.Length > 0 && chance.OneIn(4))
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
