// Whoever wants to know what is on the lock: one question after the other, a list page by page.
// World steps it; QuestionWatch judges the answers.

using System.Globalization;
using System.Text.Json;
using Keyway.Boards.Virtual;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>Asks for one code, or for all.</summary>
public sealed class Inquirer(Chance chance, VirtualClock clock, Broker broker, CodeLedger ledger)
    : IActor
{
    private const int Questions = 3;
    private const int Nobody = 4;
    private const double PauseMs = 28_000_000;
    private const int LookMs = 700;
    private const int FirstRepeatMs = 15_000;
    private const int LastRepeatMs = 3_600_000;
    private readonly List<string> _told = [];
    private SentCommand? _question;
    private SentCommand? _firstPage;
    private int _asked;
    private int _waitMs;
    private long _repeatMs;

    public long NextMs { get; private set; } = chance.Wait(PauseMs);

    /// <summary>Called with each question.</summary>
    public Action<SentCommand>? Sent { get; set; }

    public void Act()
    {
        if (_question == null)
        {
            Ask(chance.OneIn(3) ? Page(null) : Get());
        }
        else if (_question.Answer != null)
        {
            GoOn(_question.Answer);
        }
        else if (clock.Milliseconds >= _repeatMs)
        {
            broker.Take(_question);
            Wait(2 * _waitMs);
        }
        else
        {
            NextMs = Math.Min(_repeatMs, clock.Milliseconds + _waitMs / 4);
        }
    }

    private void GoOn(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        string? cursor = null;
        if (_firstPage != null)
        {
            foreach (JsonElement told in json.RootElement.GetProperty("access_codes")
                .EnumerateArray())
            {
                _told.Add(told.GetProperty("access_code_id").GetString()!);
            }

            cursor = json.RootElement.GetProperty("next_cursor").GetString();
        }

        if (cursor != null)
        {
            Ask(Page(cursor));
            return;
        }

        if (_firstPage != null)
        {
            ledger.Questions.Complete(_firstPage, _told);
        }

        _told.Clear();
        _firstPage = null;
        _question = null;
        NextMs = clock.Milliseconds + chance.Wait(PauseMs);
    }

    private void Ask(SentCommand question)
    {
        _question = question;
        Sent?.Invoke(question);
        broker.Take(question);
        Wait(FirstRepeatMs);
    }

    private void Wait(int ms)
    {
        _waitMs = Math.Min(ms, LastRepeatMs);
        _repeatMs = clock.Milliseconds + _waitMs;
        NextMs = clock.Milliseconds + LookMs;
    }

    private SentCommand Get()
    {
        KnownCode[] all = [.. ledger.Codes];
        KnownCode[] there = [.. all.Where(code => !code.IsGone)];
        string id = there.Length > 0 && !chance.OneIn(5) ? chance.Of(there).Id
            : all.Length > 0 && !chance.OneIn(5) ? chance.Of(all).Id : chance.Id(Nobody, _asked);
        return Begin(Words.Get, $",\"access_code_id\":\"{id}\"") with { About = id };
    }

    private SentCommand Page(string? cursor)
    {
        string members = (cursor == null ? "" : $",\"page_cursor\":\"{cursor}\"")
            + (chance.OneIn(3) ? string.Create(
                CultureInfo.InvariantCulture, $",\"limit\":{chance.Between(1, 50)}") : "");
        SentCommand page = Begin(Words.List, members);
        _firstPage ??= page;
        return page;
    }

    private SentCommand Begin(string word, string members)
    {
        string attempt = chance.Id(Questions, ++_asked);
        return new SentCommand(attempt, word, $"{{\"action_attempt_id\":\"{attempt}\"{members}}}");
    }
}
