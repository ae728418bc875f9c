// Which command comes next, and what it makes of a code. Sender asks it.

using System.Globalization;
using Keyway.Boards.Virtual;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>Makes commands that mean something to the lock as it is.</summary>
public sealed class OrderMaker
{
    private const string Guest = "Anna \u00e9 Guest";
    private const int Attempts = 1;
    private const int Codes = 2;
    private const int DoorSeconds = 60;
    private readonly Chance _chance;
    private readonly VirtualClock _clock;
    private readonly CodeLedger _ledger;
    private readonly int _capacity;
    private readonly OfflineOrders _offline;
    private int _codes;

    public OrderMaker(
        Chance chance, VirtualClock clock, CodeLedger ledger, string deviceId, int capacity)
    {
        _chance = chance;
        _clock = clock;
        _ledger = ledger;
        _capacity = capacity;
        Device = $",\"device_id\":\"{deviceId}\"";
        _offline = new OfflineOrders(chance, ledger, this);
    }

    /// <summary>Commands made so far.</summary>
    public int Made { get; private set; }

    /// <summary>The time of day, whatever the lock's clock says, in unix seconds.</summary>
    public long Now => ModelTime.First + _clock.Milliseconds / 1000;

    /// <summary>The next; null: there is nothing to do.</summary>
    public SentCommand? Next()
    {
        int count = _ledger.Codes.Count(code => !code.IsGone);
        int kind = _chance.Below(100);
        return kind switch
        {
            < 40 when count <= _capacity || kind < 5 => Create(),
            < 54 => Update(),
            < 70 => Delete(),
            < 82 => Door(),
            < 89 => _offline.Next(),
            < 93 => Pull(),
            < 96 => CreateAgain(),
            _ => Wrong(),
        };
    }

    /// <summary>The lock as a member of a command.</summary>
    public string Device { get; }

    private KnownCode? Pick(Func<KnownCode, bool> fits)
    {
        KnownCode[] all = [.. _ledger.Codes.Where(
            code => !code.IsBusy && !code.IsTampered && fits(code))];
        return all.Length == 0 ? null : _chance.Of(all);
    }

    private SentCommand Create()
    {
        bool isMade = _chance.OneIn(7);
        bool isTimed = _chance.Below(5) > 1;
        long starts = isTimed ? Now - 3600 + _chance.Below(_chance.OneIn(2) ? 7200 : 600_000) : 0;
        long ends = isTimed ? Math.Max(starts, Now) + 1800 + _chance.Below(400_000) : 0;
        bool isOneTime = _chance.OneIn(4);
        bool isChangeable = _chance.OneIn(3);
        bool isPooled = isTimed && _chance.OneIn(3);
        bool isDuress = !isTimed && _chance.OneIn(4);
        string digits = isMade ? "" : NewDigits();
        string members = isMade ? ",\"preferred_code_length\":8" : $",\"code\":\"{digits}\"";
        members += isTimed ? Window(starts, ends) : "";
        members += isOneTime ? ",\"is_one_time_use\":true" : "";
        members += isTimed && _chance.OneIn(4) ? ",\"prefer_native_scheduling\":false" : "";
        members += _chance.OneIn(10) ? $",\"expires_at\":\"{SpelledTime.InZ(Now + 86_400)}\"" : "";
        members += isChangeable ? ",\"allow_external_modification\":true" : "";
        members += isPooled ? ",\"use_backup_access_code_pool\":true" : "";
        members += isDuress ? ",\"keyway_duress\":true" : "";
        members += $",\"name\":\"{Guest}\"";
        KnownCode code = _ledger.Code(_chance.Id(Codes, ++_codes));
        var version = new CodeVersion(digits, starts, ends, isOneTime)
        {
            IsDuress = isDuress,
            MayBeChanged = isChangeable,
            UsesPool = isPooled,
            Name = Guest,
        };
        return Order(Words.Create, code, Device + members, _ => version);
    }

    private SentCommand? Update()
    {
        KnownCode? code = Pick(code => code is
        {
            Sure: { Digits: not "", IsBackup: false },
            Offline: null,
        });
        if (code == null)
        {
            return null;
        }

        switch (_chance.Below(4))
        {
            case 0:
                string digits = NewDigits();
                return Order(Words.Update, code, $",\"code\":\"{digits}\"",
                    version => version! with
                    {
                        Digits = digits,
                        IsUsed = false,
                        IsChanged = false,
                    });
            case 1:
                return Order(Words.Update, code, ",\"type\":\"ongoing\"",
                    version => version! with { Starts = 0, Ends = 0 });
            case 2:
                string name = $"{(char)('A' + _chance.Below(26))}";
                return Order(Words.Update, code, $",\"name\":\"{name}\"",
                    version => version! with { Name = name });
            default:
                long starts = Now - _chance.Below(7200);
                long ends = Now + 600 + _chance.Below(200_000);
                return Order(Words.Update, code, Window(starts, ends),
                    version => version! with { Starts = starts, Ends = ends });
        }
    }

    private SentCommand? Delete()
    {
        KnownCode? code = Pick(code => code.Sure is { IsBackup: false });
        return code == null ? null : Order(Words.Delete, code, "", _ => null);
    }

    private SentCommand? Pull()
    {
        KnownCode? code = Pick(code => code.Sure is { UsesPool: true });
        return code == null ? null : Order(Words.Pull, code, "", version => version) with
        {
            MayTell = true,
            Learned = (answer, error) => _ledger.Backups.Hear(code, answer, error),
        };
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

    private SentCommand Door()
    {
        bool isUnlock = !_chance.OneIn(4);
        bool isPlain = _chance.OneIn(3);
        string json = $",\"issued_at\":\"{SpelledTime.InZ(Now)}\""
            + $",\"expires_at\":\"{SpelledTime.InZ(Now + DoorSeconds)}\"";
        json += isPlain ? isUnlock ? ",\"action_type\":\"UNLOCK_DOOR\""
            : ",\"action_type\":\"LOCK_DOOR\"" : "";
        return Begin(isPlain ? Words.Door : isUnlock ? Words.Unlock : Words.Lock, json, null) with
        {
            Expires = Now + DoorSeconds,
            IsUnlock = isUnlock,
        };
    }

    private SentCommand Wrong()
    {
        string members = _chance.Below(3) switch
        {
            0 => $"{Device},\"code\":\"12a4\"",
            1 => $",\"device_id\":\"{_chance.Id(9, 1)}\",\"code\":\"{NewDigits()}\"",
            _ => $"{Device},\"code\":[\"{NewDigits()}\"]",
        };
        return Begin(Words.Create, members, null) with { IsBad = true };
    }

    /// <summary>A command about a code.</summary>
    public SentCommand Order(
        string word, KnownCode code, string members, Func<CodeVersion?, CodeVersion?> effect)
    {
        code.IsBusy = true;
        string id = $",\"access_code_id\":\"{code.Id}\"";
        return Begin(word, id + members, code) with { Effect = effect };
    }

    private SentCommand Begin(string word, string members, KnownCode? code)
    {
        string attempt = _chance.Id(Attempts, ++Made);
        return new SentCommand(attempt, word, $"{{\"action_attempt_id\":\"{attempt}\"{members}}}")
        {
            Code = code,
            Number = Made,
            MayTell = word is Words.Create or Words.Update && code != null
                && !members.Contains("\"code\"", StringComparison.Ordinal),
        };
    }

    private string NewDigits()
    {
        string digits = _chance.Digits(_chance.Between(8, 12));
        _ledger.AddDigits(digits);
        return digits;
    }

    private static string Window(long starts, long ends) => string.Create(
        CultureInfo.InvariantCulture,
        $",\"starts_at\":\"{SpelledTime.InZ(starts)}\",\"ends_at\":\"{SpelledTime.InZ(ends)}\"");
}
