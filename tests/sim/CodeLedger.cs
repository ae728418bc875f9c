// The plain model of the codes on the lock: what the answers say, nothing else. Watch keeps it;
// Sender and Typist look for codes to act on.

using System.Text.Json;
using Keyway.Firmware;
using Keyway.Tests.Model;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>What the lock must have of what it has answered.</summary>
/// <param name="time">What the lock believes.</param>
public sealed class CodeLedger(Belief time)
{
    private const string NotFound = "access_code_not_found";
    private const string Failed = "failed_to_set_on_device";
    private const long TombstoneSlack = ModelTime.Day;
    private readonly Dictionary<string, KnownCode> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SentCommand> _commands = new(StringComparer.Ordinal);

    public IReadOnlyCollection<KnownCode> Codes => _codes.Values;

    /// <summary>All digits that were ever sent or told.</summary>
    public HashSet<string> Digits { get; } = new(StringComparer.Ordinal);

    /// <summary>Those, and what was typed: none may be seen in what the lock says.</summary>
    public HashSet<string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers given for the first time.</summary>
    public int Answered { get; private set; }

    public KnownCode Code(string id)
    {
        if (!_codes.TryGetValue(id, out KnownCode? code))
        {
            code = new KnownCode(id);
            _codes.Add(id, code);
        }

        return code;
    }

    public void Add(SentCommand command) => _commands.Add(command.Attempt, command);

    /// <summary>The lock may see a command from now on.</summary>
    public void Deliver(SentCommand command)
    {
        if (!command.IsDelivered && command.Code is { } code)
        {
            code.Doubt(command.Effect(code.Versions[0]));
        }

        command.IsDelivered = true;
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
        if (command!.Answer == null)
        {
            command.Answer = text;
            Answered++;
            Learn(command, answer);
        }
        else if (command.Answer != text && command.Code is not { IsTampered: true })
        {
            Require(command.HasFailed,
                $"another answer\n  first: {command.Answer}\n  now:   {text}");
            command.Answer = text;
            Learn(command, answer);
        }

        return command;
    }

    /// <summary>What entered digits may do and must do.</summary>
    public (bool May, bool Must) Match(string digits) => (
        _codes.Values.Any(code => code.MayOpen(digits, time)),
        _codes.Values.Any(code => code.MustOpen(digits, time)));

    /// <summary>Digits are sent or told.</summary>
    public void AddDigits(string digits)
    {
        Digits.Add(digits);
        Secrets.Add(digits);
    }

    /// <summary>Digits that never were those of a code.</summary>
    public bool AreNobodys(string digits) => !Digits.Contains(digits);

    public void Use(string digits, bool? isUsed)
    {
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
            Require(isThere || !code.MustStay(time), $"code {code.Id} is lost");
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
        if (command.Code is not { } code)
        {
            return;
        }

        CodeVersion? before = code.Versions[0];
        Require(error != NotFound || code.IsTampered || before?.MustStay(time) != true,
            $"code {code.Id} is lost, says the lock");
        if (!isSuccess)
        {
            code.Set(error == NotFound ? null : before);
            return;
        }

        code.Set(Told(code.Versions.Count > 1 ? code.Versions[1] : command.Effect(before), answer));

        if (command.Word == Words.Create)
        {
            Require(time.MayHaveEnded >= code.RefusedUntil || code.RefusedUntil == 0,
                $"deleted code {code.Id} is created again");
            code.Creation ??= command;
        }
        else if (command.Word == Words.Delete && before != null)
        {
            code.RefusedUntil = before.Ends != 0 ? before.Ends
                : Math.Max(0, time.Ended) + Limits.TombstoneSeconds - TombstoneSlack;
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
