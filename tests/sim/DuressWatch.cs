// What is told of codes entered under duress: all of them, and no others. Watch calls it.

using System.Text.Json;
using Keyway.Boards.Virtual;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>Compares openings under duress with the events about them.</summary>
public sealed class DuressWatch(VirtualClock clock, CodeLedger ledger)
{
    // What is not stored by then can go with the power.
    private const int StoredMs = 2000;
    private readonly Dictionary<string, int> _opened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _mustTell = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);
    private (string Id, long Ms)? _last;

    /// <summary>Digits have opened the door.</summary>
    /// <param name="isFlashTroubled">An event need not be stored.</param>
    public void Open(string digits, bool isFlashTroubled)
    {
        Settle();
        foreach (KnownCode code in ledger.Codes)
        {
            bool May(CodeVersion? version) =>
                version is { IsDuress: true } && version.Digits == digits;
            if (!code.Versions.Any(May))
            {
                continue;
            }

            Count(_opened, code.Id);
            if (code.Versions.All(May) && code.MustOpen(digits) && !isFlashTroubled)
            {
                _last = (code.Id, clock.Milliseconds);
            }
        }
    }

    /// <summary>The power goes, and what was not stored with it.</summary>
    public void PowerLost()
    {
        Settle();
        _last = null;
    }

    /// <summary>The lock has told an event.</summary>
    public void Hear(string text)
    {
        if (!text.Contains("keyway.duress", StringComparison.Ordinal))
        {
            return;
        }

        using JsonDocument json = JsonDocument.Parse(text);
        if (_events.Add(json.RootElement.GetProperty("event_id").GetString()!))
        {
            string id = json.RootElement.GetProperty("access_code_id").GetString()!;
            Count(_told, id);
            Require(_told[id] <= _opened.GetValueOrDefault(id),
                $"nobody has entered code {id} under duress: {text}");
        }
    }

    /// <summary>The broker has everything.</summary>
    public void Audit()
    {
        Settle();
        foreach ((string id, int times) in _mustTell)
        {
            Require(_told.GetValueOrDefault(id) >= times,
                $"code {id} was entered under duress, and nobody was told");
        }
    }

    private void Settle()
    {
        if (_last is { } last && clock.Milliseconds - last.Ms >= StoredMs)
        {
            Count(_mustTell, last.Id);
            _last = null;
        }
    }

    private static void Count(Dictionary<string, int> counts, string id) =>
        counts[id] = counts.GetValueOrDefault(id) + 1;
}
