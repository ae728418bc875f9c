// The plain model of the codes on the lock: what the answers say, nothing else. Watch keeps it;
// Sender and Typist look for codes to act on.

using System.Text.Json;
using Keyway.Firmware;
using Keyway.Tests.Model;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>What the lock must have of what it has answered.</summary>
public sealed class CodeLedger
{
    private const string NotFound = "access_code_not_found";
    private const string Failed = "failed_to_set_on_device";
    private const long TombstoneSlack = ModelTime.Day;
    private readonly Belief _time;
    private readonly int _slots;
    private readonly Dictionary<string, KnownCode> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SentCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>Begins with a lock that has no codes.</summary>
    /// <param name="time">What the lock believes.</param>
    /// <param name="settings">The lock's own.</param>
    public CodeLedger(Belief time, AgentSettings settings)
    {
        _time = time;
        int pool = Math.Min(Limits.BackupPool, settings.Capacity / 4);
        _slots = settings.Capacity - pool;
        MasterCode = settings.MasterCode;
        Backups = new BackupLedger(this, pool);
        Offline = new OfflineLedger(this, time, settings.OfflineSecret);
        Questions = new QuestionWatch(this, time);
    }

    /// <summary>Opens programming mode; null: there is none.</summary>
    public string? MasterCode { get; }

    /// <summary>The lock can store one more code now, and what goes with it.</summary>
    public bool HasRoom { get; set; }

    /// <summary>It has a slot for one more, the backups' left out.</summary>
    public bool HasSlot => HasRoom
        && _codes.Values.Count(code => !code.IsGone) + Backups.Unknown < _slots;

    /// <summary>Backups that were pulled.</summary>
    public BackupLedger Backups { get; }

    /// <summary>Codes that need no slot.</summary>
    public OfflineLedger Offline { get; }

    /// <summary>What is asked and changes nothing.</summary>
    public QuestionWatch Questions { get; }

    public IReadOnlyCollection<KnownCode> Codes => _codes.Values;

    /// <summary>All digits that were ever sent or told.</summary>
    public HashSet<string> Digits { get; } = new(StringComparer.Ordinal);

    /// <summary>What somebody at the keypad has made or changed, and is not shown yet.</summary>
    public string? JustMade { get; set; }

    /// <summary>Those, and what was typed: none may be seen in what the lock says.</summary>
    public HashSet<string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers given for the first time.</summary>
    public int Answered { get; private set; }

    public KnownCode Code(string id)
    {
        if (!_codes.TryGetValue(id, out KnownCode? code))
        {
            code = new KnownCode(id, _time);
            _codes.Add(id, code);
        }

        return code;
    }

    /// <summary>A code that has been heard of; null: there is none.</summary>
    public KnownCode? Find(string id) => _codes.GetValueOrDefault(id);

    public void Add(SentCommand command) => _commands.Add(command.Attempt, command);

    /// <summary>The lock may see a command from now on.</summary>
    public void Deliver(SentCommand command)
    {
        if (command.IsDelivered)
        {
            return;
        }

        command.IsDelivered = true;
        command.DeliveredMs = _time.Milliseconds;
        command.TimeChanges = _time.Changes;
        if (command is { Code: { } code, Learned: null })
        {
            Backups.Deliver(command, code);
            code.Doubt(command);
            if (command.Word == Words.Delete && code.Offline is { IsRevoked: false } offline)
            {
                offline.IsRevoked = null;
            }
        }
    }

    /// <summary>The lock has answered.</summary>
    /// <returns>The command.</returns>
    public SentCommand Hear(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement answer = json.RootElement;
        string attempt = answer.GetProperty("action_attempt_id").GetString()!;
        Require(_commands.TryGetValue(attempt, out SentCommand? command) && command.IsDelivered,
            $"answers what nobody has asked: {text}");
        if (command!.IsQuestion)
        {
            command.Answer ??= text;
            Questions.Hear(command, answer);
        }
        else if (command.Answer == null)
        {
            command.Answer = text;
            Answered++;
            Learn(command, answer);
        }
        else if (command.Answer != text && !Backups.IsTampered(command.Code))
        {
            Require(command.HasFailed,
                $"another answer\n  first: {command.Answer}\n  now:   {text}");
            command.Answer = text;
            Learn(command, answer);
        }

        return command;
    }

    /// <summary>What entered digits may do and must do.</summary>
    public (bool May, bool Must) Match(string digits)
    {
        int met = Offline.Meet(digits);
        return (_codes.Values.Any(code => code.MayOpen(digits)),
            met <= 1 && _codes.Values.Any(code => code.MustOpen(digits)));
    }

    /// <summary>Digits are sent or told.</summary>
    public void AddDigits(string digits)
    {
        Digits.Add(digits);
        Secrets.Add(digits);
    }

    /// <summary>Digits that never were those of a code.</summary>
    public bool AreNobodys(string digits) => !Digits.Contains(digits);

    /// <summary>Digits may open the door in a moment: a one-time code is marked before that.
    /// </summary>
    public void BeginUse(string digits)
    {
        foreach (KnownCode code in _codes.Values)
        {
            code.Use(digits, null);
        }
    }

    /// <summary>Digits have opened the door, or may have.</summary>
    /// <param name="isUsed">They have; null: nobody knows.</param>
    public void Use(string digits, bool? isUsed)
    {
        Offline.Use(digits, isUsed == true);
        foreach (KnownCode code in _codes.Values)
        {
            code.Use(digits, isUsed);
        }
    }

    /// <summary>Compares with what the lock finds.</summary>
    public void Audit(CodeBook book, AccessCode scratch)
    {
        byte[] id = new byte[Uuid.SizeBytes];
        foreach (KnownCode code in _codes.Values)
        {
            Uuid.TryRead(code.Id, id, 0);
            bool isKnown = book.FindById(id, 0, scratch, out int slot) == StorageStatus.Ok;
            Require(isKnown, $"code {code.Id} cannot be looked for");
            bool isThere = slot >= 0;
            Require(isThere || !code.MustStay(), $"code {code.Id} is lost");
            Require(!isThere || !code.IsGone, $"code {code.Id} is there, and should not be");
        }
    }

    private void Learn(SentCommand command, JsonElement answer)
    {
        bool isSuccess = answer.GetProperty("status").GetString() == "success";
        string? error = isSuccess ? null
            : answer.GetProperty("error").GetProperty("type").GetString();
        command.HasSucceeded = isSuccess;
        command.HasFailed = error == Failed;
        Require(!isSuccess || !command.IsBad, $"a wrong command succeeds: {command.Json}");
        if (command.Learned != null)
        {
            command.Learned(answer, error);
        }
        else if (command.Code is { } code)
        {
            Learn(command, code, answer, error);
            Backups.Learn(command, code, error);
        }
    }

    private void Learn(SentCommand command, KnownCode code, JsonElement answer, string? error)
    {
        CodeVersion? before = code.Versions[0];
        Require(error != NotFound || code.IsTampered
            || code.Before.Any(version => version?.MustStay(_time) != true),
            $"code {code.Id} is lost, says the lock");
        if (code.Offline is { IsRevoked: null } offline)
        {
            offline.IsRevoked = error == null;
        }

        if (error != null)
        {
            code.Settle(error == NotFound ? [null] : code.Before);
            return;
        }

        code.Set(Told(code.After(command), answer));
        if (command.Word == Words.Create)
        {
            Require(_time.MayHaveEnded >= code.RefusedUntil || code.RefusedUntil == 0,
                $"deleted code {code.Id} is created again");
            code.Creation ??= command;
        }
        else if (command.Word == Words.Delete && before != null)
        {
            code.RefusedUntil = before.Ends != 0 ? before.Ends
                : Math.Max(0, _time.Ended) + Limits.TombstoneSeconds - TombstoneSlack;
        }
    }

    // Digits that the lock has made are in its answer.
    private CodeVersion? Told(CodeVersion? version, JsonElement answer)
    {
        if (version is not { Digits: "" })
        {
            return version;
        }

        string digits = answer.GetProperty("access_code").GetProperty("code").GetString()!;
        AddDigits(digits);
        return version with { Digits = digits };
    }
}
