// Which command comes next, and what it makes of a code. Sender asks it.

using System.Globalization;
using Keyway.Boards.Virtual;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>Makes commands that mean something to the lock as it is.</summary>
public sealed class OrderMaker(
    Chance chance, VirtualClock clock, CodeLedger ledger, string deviceId, int capacity)
{
    private const int Attempts = 1;
    private const int Codes = 2;
    private const int DoorSeconds = 60;
    private int _codes;

    /// <summary>Commands made so far.</summary>
    public int Made { get; private set; }

    private long Now => ModelTime.First + clock.Milliseconds / 1000;

    /// <summary>The next; null: there is nothing to do.</summary>
    public SentCommand? Next()
    {
        int count = ledger.Codes.Count(code => !code.IsGone);
        int kind = chance.Below(100);
        return kind switch
        {
            < 45 when count <= capacity || kind < 5 => Create(),
            < 62 => Update(),
            < 80 => Delete(),
            < 92 => Door(kind < 89 ? Words.Unlock : Words.Lock),
            < 96 => CreateAgain(),
            _ => Wrong(),
        };
    }

    private KnownCode? Pick(Func<KnownCode, bool> fits)
    {
        KnownCode[] all = [.. ledger.Codes.Where(
            code => !code.IsBusy && !code.IsTampered && fits(code))];
        return all.Length == 0 ? null : chance.Of(all);
    }

    private SentCommand Create()
    {
        bool isMade = chance.OneIn(7);
        bool isTimed = chance.Below(5) > 1;
        long starts = isTimed ? Now - 3600 + chance.Below(chance.OneIn(2) ? 7200 : 600_000) : 0;
        long ends = isTimed ? Math.Max(starts, Now) + 1800 + chance.Below(400_000) : 0;
        bool isOneTime = chance.OneIn(4);
        string digits = isMade ? "" : NewDigits();
        string members = isMade ? ",\"preferred_code_length\":8" : $",\"code\":\"{digits}\"";
        members += isTimed ? Window(starts, ends) : "";
        members += isOneTime ? ",\"is_one_time_use\":true" : "";
        members += isTimed && chance.OneIn(4) ? ",\"prefer_native_scheduling\":false" : "";
        members += chance.OneIn(10) ? $",\"expires_at\":\"{Moment.InZ(Now + 86_400)}\"" : "";
        members += ",\"name\":\"Anna \u00e9 Guest\"";
        KnownCode code = ledger.Code(chance.Id(Codes, ++_codes));
        var version = new CodeVersion(digits, starts, ends, isOneTime);
        return Order(Words.Create, code, Device + members, _ => version);
    }

    private SentCommand? Update()
    {
        KnownCode? code = Pick(code => code.Sure is { Digits: not "" });
        if (code == null)
        {
            return null;
        }

        switch (chance.Below(4))
        {
            case 0:
                string digits = NewDigits();
                return Order(Words.Update, code, $",\"code\":\"{digits}\"",
                    version => version! with { Digits = digits, IsUsed = false });
            case 1:
                return Order(Words.Update, code, ",\"type\":\"ongoing\"",
                    version => version! with { Starts = 0, Ends = 0 });
            case 2:
                return Order(Words.Update, code, $",\"name\":\"{(char)('A' + chance.Below(26))}\"",
                    version => version);
            default:
                long starts = Now - chance.Below(7200);
                long ends = Now + 600 + chance.Below(200_000);
                return Order(Words.Update, code, Window(starts, ends),
                    version => version! with { Starts = starts, Ends = ends });
        }
    }

    private SentCommand? Delete()
    {
        KnownCode? code = Pick(code => code.Sure != null);
        return code == null ? null : Order(Words.Delete, code, "", _ => null);
    }

    // What was deleted, under a new attempt: as if somebody had kept the create and lost the rest.
    private SentCommand? CreateAgain()
    {
        KnownCode? code = Pick(code => code is { IsGone: true, Creation: not null });
        if (code == null)
        {
            return null;
        }

        string json = code.Creation!.Json;
        string members = json[json.IndexOf(Device, StringComparison.Ordinal)..^1];
        return Order(Words.Create, code, members, code.Creation.Effect);
    }

    private SentCommand Door(string word)
    {
        string json = $",\"issued_at\":\"{Moment.InZ(Now)}\""
            + $",\"expires_at\":\"{Moment.InZ(Now + DoorSeconds)}\"";
        return Begin(word, json, null) with { Expires = Now + DoorSeconds };
    }

    private SentCommand Wrong()
    {
        string members = chance.Below(3) switch
        {
            0 => $"{Device},\"code\":\"12a4\"",
            1 => $",\"device_id\":\"{chance.Id(9, 1)}\",\"code\":\"{NewDigits()}\"",
            _ => $"{Device},\"code\":[\"{NewDigits()}\"]",
        };
        return Begin(Words.Create, members, null) with { IsBad = true };
    }

    private SentCommand Order(
        string word, KnownCode code, string members, Func<CodeVersion?, CodeVersion?> effect)
    {
        code.IsBusy = true;
        string id = $",\"access_code_id\":\"{code.Id}\"";
        return Begin(word, id + members, code) with { Effect = effect };
    }

    private SentCommand Begin(string word, string members, KnownCode? code)
    {
        string attempt = chance.Id(Attempts, ++Made);
        return new SentCommand(attempt, word, $"{{\"action_attempt_id\":\"{attempt}\"{members}}}")
        {
            Code = code,
            Number = Made,
        };
    }

    private string Device => $",\"device_id\":\"{deviceId}\"";

    private string NewDigits()
    {
        string digits = chance.Digits(chance.Between(8, 12));
        ledger.AddDigits(digits);
        return digits;
    }

    private static string Window(long starts, long ends) => string.Create(
        CultureInfo.InvariantCulture,
        $",\"starts_at\":\"{Moment.InZ(starts)}\",\"ends_at\":\"{Moment.InZ(ends)}\"");
}
