// Backup codes: pulled for a code, and with it from then on. CodeLedger has one; OrderMaker makes
// the commands.

using System.Text.Json;
using Keyway.Tests.Model;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>Which code has which backup.</summary>
/// <param name="ledger">The codes.</param>
/// <param name="pool">Places that nobody else gets.</param>
public sealed class BackupLedger(CodeLedger ledger, int pool)
{
    private const string Full = "no_space_for_access_code_on_device";
    private readonly Dictionary<string, KnownCode> _backups = new(StringComparer.Ordinal);

    /// <summary>Pulls under way may have made one that nobody knows yet.</summary>
    public int Unknown => ledger.Codes.Count(code => IsPulled(code));

    /// <summary>Somebody has rewritten a code or its backup on the flash, where the answers of
    /// its commands lie too.</summary>
    public bool IsTampered(KnownCode? code) => code != null && (code.IsTampered
        || (_backups.TryGetValue(code.Id, out KnownCode? backup) && backup.IsTampered));

    /// <summary>A command about a code with a backup may be carried out.</summary>
    public void Deliver(SentCommand command, KnownCode code)
    {
        if (!_backups.TryGetValue(code.Id, out KnownCode? backup) || backup.IsGone)
        {
            return;
        }

        if (command.Word == Words.Delete)
        {
            backup.Become([.. backup.Versions, null]);
        }
        else if (command.Word == Words.Update
            && command.Effect(code.Versions[0]) is { Ends: not 0 } after)
        {
            // One that has left its slot by itself stays away.
            bool isThere = backup.MustStay();
            List<CodeVersion?> versions = [.. backup.Versions];
            versions.AddRange(backup.Versions.Select(version => Moved(version, after)));
            backup.Become(isThere ? versions : [.. versions, null]);
        }
    }

    /// <summary>A command about a code with a backup is answered.</summary>
    /// <param name="error">Null: it has succeeded.</param>
    public void Learn(SentCommand command, KnownCode code, string? error)
    {
        if (!_backups.TryGetValue(code.Id, out KnownCode? backup) || backup.IsGone
            || error != null)
        {
            return;
        }

        if (command.Word == Words.Delete)
        {
            backup.Set(null);
        }
        else if (command.Word == Words.Update && code.Sure is { Ends: not 0 } after)
        {
            backup.Become([.. backup.Versions.Select(version => Moved(version, after)).Distinct()]);
        }
    }

    /// <summary>A pull is answered.</summary>
    public void Hear(KnownCode code, JsonElement answer, string? error)
    {
        bool isPromised = ledger.Codes.Count(other =>
            other.Versions.Any(version => version is { IsBackup: true })) + Unknown <= pool;
        Require(error != Full || !isPromised, $"no place for the backup of {code.Id}: {answer}");
        if (error != null)
        {
            return;
        }

        JsonElement told = answer.GetProperty("access_code");
        string id = told.GetProperty("access_code_id").GetString()!;
        string digits = told.GetProperty("code").GetString()!;
        bool isKnown = _backups.TryGetValue(code.Id, out KnownCode? backup);
        Require(!isKnown || backup!.Id == id, $"code {code.Id} gets another backup: {answer}");
        Require(isKnown || ledger.Find(id) == null, $"the backup of {code.Id} exists: {answer}");
        backup ??= ledger.Code(id);
        _backups[code.Id] = backup;
        ledger.AddDigits(digits);
        CodeVersion? kept = backup.Versions[0];
        Require(kept == null || kept.Digits == digits,
            $"the backup of {code.Id} has other digits: {answer}");
        if (!backup.MustStay())
        {
            // One that was used or has ended may have left: then this is a new one.
            backup.Become(
            [
                .. backup.Versions.Where(version => version != null),
                .. code.Versions.Select(version => ToBackup(version, digits)),
            ]);
        }
    }

    // A pull under way keeps all other commands about its code waiting.
    private static bool IsPulled(KnownCode code) => code.IsBusy
        && code.Versions.Any(version => version is { UsesPool: true });

    private static CodeVersion? Moved(CodeVersion? version, CodeVersion after) => version == null
        ? null : version with { Starts = after.Starts, Ends = after.Ends };

    private static CodeVersion? ToBackup(CodeVersion? version, string digits) => version == null
        ? null : new CodeVersion(digits, version.Starts, version.Ends, version.IsOneTime)
        {
            IsBackup = true,
        };
}
