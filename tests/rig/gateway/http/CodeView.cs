// An access code as the API's object: what was asked for, what is under way, and what the lock
// retains of it.

using System.Text.Json.Nodes;
using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Builds access codes.</summary>
internal sealed class CodeView
{
    /// <summary>An answer that takes so long is late, in ms.</summary>
    public const long DelayMs = 60_000;

    private readonly DigitsVault _vault;

    public CodeView(DigitsVault vault) => _vault = vault;

    /// <summary>Unix milliseconds as the API writes them.</summary>
    public static string Time(long milliseconds) => Iso8601.ToText(milliseconds / 1000);

    /// <summary>The object.</summary>
    /// <param name="db">Knows what is under way.</param>
    /// <param name="code">The code.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="hasDigits">False leaves them out.</param>
    public JsonObject Of(SqliteConnection db, Code code, long now, bool hasDigits = true)
    {
        List<Attempt> pending = Attempt.PendingFor(db, code.AccessCodeId);
        bool isOngoing = code.EndsAt == null;
        return new JsonObject
        {
            ["access_code_id"] = code.AccessCodeId,
            ["device_id"] = code.DeviceId,
            ["workspace_id"] = code.WorkspaceId,
            ["name"] = code.Name,
            ["type"] = isOngoing ? "ongoing" : "time_bound",
            ["status"] = StatusOf(code, pending, now / 1000),
            ["code"] = hasDigits ? _vault.Open(code.SealedDigits) : null,
            ["common_code_key"] = code.CommonCodeKey,
            ["starts_at"] = isOngoing ? null : Iso8601.ToText(code.StartsAt!.Value),
            ["ends_at"] = isOngoing ? null : Iso8601.ToText(code.EndsAt!.Value),
            ["created_at"] = Time(code.CreatedAt),
            ["errors"] = Errors(code),
            ["warnings"] = Warnings(code, pending, now),
            ["is_managed"] = true,
            ["is_backup_access_code_available"] = code.Has(CodeOptions.UsesPool),
            ["is_external_modification_allowed"] = code.Has(CodeOptions.ExternalModification),
            ["is_one_time_use"] = code.Has(CodeOptions.OneTime),
            ["is_offline_access_code"] = code.Has(CodeOptions.Offline),
            ["is_scheduled_on_device"] = IsScheduled(code),
            ["is_waiting_for_code_assignment"] = code.SealedDigits == null && !code.IsFailed,
            ["is_backup"] = code.BackupOf != null,
            ["pulled_backup_access_code_id"] =
                Code.BackupFor(db, code.AccessCodeId)?.AccessCodeId,
            ["pending_mutations"] = Mutations(code, pending),
        };
    }

    private static bool IsScheduled(Code code) => code.EndsAt != null && code.IsConfirmed
        && !code.Has(CodeOptions.Offline)
        && (code.LockState?["is_scheduled_on_device"]?.GetValue<bool>()
            ?? !code.Has(CodeOptions.Deferred));

    private static string StatusOf(Code code, List<Attempt> pending, long utc)
    {
        if (pending.Exists(attempt => attempt.Action == CommandAction.Delete))
        {
            return "removing";
        }

        if (code.IsFailed)
        {
            return "unset";
        }

        if (!code.IsConfirmed)
        {
            return code.EndsAt == null ? "setting" : "unset";
        }

        string? said = code.LockState?["status"]?.GetValue<string>();
        if (code.EndsAt == null)
        {
            return said ?? "set";
        }

        bool isOver = utc < code.StartsAt || utc >= code.EndsAt;
        bool isWaiting = code.LockState?["pending_mutations"] is JsonArray { Count: > 0 };

        // The lock says nothing when a window begins: what it said before counts no more.
        bool isFresh = code.LockStateAt / 1000 >= code.StartsAt || said == "unknown";
        return isFresh && said != null && !(isOver && said == "set") ? said
            : isOver || isWaiting ? "unset" : "set";
    }

    private static JsonArray Warnings(Code code, List<Attempt> pending, long now)
    {
        var warnings = new JsonArray();
        foreach (Attempt attempt in pending.Where(late => now - late.CreatedAt >= DelayMs))
        {
            bool isDelete = attempt.Action == CommandAction.Delete;
            warnings.Add(new JsonObject
            {
                ["warning_code"] = isDelete
                    ? "delay_in_removing_from_device" : "delay_in_setting_on_device",
                ["message"] = "The lock has not answered yet; the command waits for it.",
                ["created_at"] = Time(attempt.CreatedAt + DelayMs),
            });
        }

        AddSaid(warnings, code, "warnings", "warning_code");
        return warnings;
    }

    private static JsonArray Errors(Code code)
    {
        JsonArray errors = code.Errors.DeepClone().AsArray();
        foreach (JsonNode? said in AddSaid(errors, code, "errors", "error_code"))
        {
            said!["is_access_code_error"] = true;
        }

        return errors;
    }

    // What the lock says of it, unless the gateway says so already.
    private static JsonArray AddSaid(JsonArray notes, Code code, string member, string type)
    {
        foreach (JsonNode? said in code.LockState?[member]?.AsArray() ?? [])
        {
            JsonNode note = said!.DeepClone();
            note["created_at"] = Time(code.LockStateAt);
            if (!notes.Any(known => (string?)known![type] == (string?)note[type]))
            {
                notes.Add(note);
            }
        }

        return notes;
    }

    private JsonArray Mutations(Code code, List<Attempt> pending)
    {
        var mutations = new JsonArray();
        foreach (Attempt attempt in pending)
        {
            switch (attempt.Action)
            {
                case CommandAction.Create:
                    mutations.Add(Mutation("creating", attempt, "The lock is being told."));
                    break;
                case CommandAction.Delete:
                    mutations.Add(Mutation("deleting", attempt, "The lock is being told."));
                    break;
                case CommandAction.Update:
                    AddUpdates(mutations, code, attempt);
                    break;
                default:
                    break;
            }
        }

        foreach (JsonNode? said in code.LockState?["pending_mutations"]?.AsArray() ?? [])
        {
            JsonNode mutation = said!.DeepClone();
            mutation["created_at"] ??= Time(code.CreatedAt);
            mutations.Add(mutation);
        }

        return mutations;
    }

    private void AddUpdates(JsonArray mutations, Code code, Attempt attempt)
    {
        Code after = CodeChanges.Apply(code, _vault.Open(attempt.SealedChanges), _vault);
        if (!code.DigitsMac.AsSpan().SequenceEqual(after.DigitsMac))
        {
            mutations.Add(Update("updating_code", attempt,
                new JsonObject { ["code"] = _vault.Open(code.SealedDigits) },
                new JsonObject { ["code"] = _vault.Open(after.SealedDigits) }));
        }

        if (code.Name != after.Name)
        {
            mutations.Add(Update("updating_name", attempt,
                new JsonObject { ["name"] = code.Name },
                new JsonObject { ["name"] = after.Name }));
        }

        if (code.StartsAt != after.StartsAt || code.EndsAt != after.EndsAt)
        {
            mutations.Add(
                Update("updating_time_frame", attempt, Window(code), Window(after)));
        }
    }

    private static JsonObject Window(Code code) => new()
    {
        ["starts_at"] = code.StartsAt is { } starts ? Iso8601.ToText(starts) : null,
        ["ends_at"] = code.EndsAt is { } ends ? Iso8601.ToText(ends) : null,
    };

    private static JsonObject Update(
        string type, Attempt attempt, JsonObject from, JsonObject to)
    {
        JsonObject mutation = Mutation(type, attempt, "The lock is being told.");
        mutation["from"] = from;
        mutation["to"] = to;
        return mutation;
    }

    private static JsonObject Mutation(string type, Attempt attempt, string message) => new()
    {
        ["mutation_code"] = type,
        ["created_at"] = Time(attempt.CreatedAt),
        ["message"] = message,
    };
}
