// What a lock's answer does to the attempt and to its code. Inbox and Courier call it.

using System.Text.Json.Nodes;
using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Ends attempts.</summary>
internal sealed class LockAnswers
{
    // What both published schemas know; the rest is failed_to_set_on_device.
    private static readonly string[] CodeErrors =
    [
        "failed_to_set_on_device", "failed_to_remove_from_device", "duplicate_code_on_device",
        "no_space_for_access_code_on_device",
    ];

    private readonly DigitsVault _vault;
    private readonly CodeView _view;
    private readonly GatewayMetrics _metrics;
    private readonly ILogger<LockAnswers> _log;

    public LockAnswers(
        DigitsVault vault, CodeView view, GatewayMetrics metrics, ILogger<LockAnswers> log)
    {
        _vault = vault;
        _view = view;
        _metrics = metrics;
        _log = log;
    }

    /// <summary>Takes an answer; the first counts.</summary>
    public void Take(SqliteConnection db, Device device, JsonObject answer, long now)
    {
        string id = answer["action_attempt_id"]!.GetValue<string>();
        Attempt? attempt = Attempt.Find(db, id);
        if (attempt == null || attempt.DeviceId != device.DeviceId
            || attempt.Status != Attempt.Pending)
        {
            return;
        }

        string status = answer["status"]!.GetValue<string>();
        if (status == Attempt.Error)
        {
            Fail(db, attempt, answer["error"]!["type"]!.GetValue<string>(),
                answer["error"]!["message"]!.GetValue<string>(), now);
        }
        else
        {
            Succeed(db, attempt, answer["access_code"]?.AsObject(), now);
            Attempt.End(db, id, Attempt.Success, null, null, now);
        }

        _metrics.Answered(attempt.Action, status, now - attempt.CreatedAt);
        _log.LogInformation("{Action} {Attempt} answered by {Device}: {Status}",
            attempt.Action, id, device.DeviceId, status);
        Note(db, device, Attempt.Find(db, id)!, now);
    }

    /// <summary>Ends an attempt that failed; what follows for its code stands in its errors.
    /// </summary>
    public static void Fail(
        SqliteConnection db, Attempt attempt, string type, string message, long now)
    {
        Attempt.End(db, attempt.ActionAttemptId, Attempt.Error, type, message, now);
        Code? code = attempt.AccessCodeId == null ? null : Code.Find(db, attempt.AccessCodeId);
        if (code == null)
        {
            return;
        }

        if (attempt.Action == CommandAction.Create)
        {
            // Its digits are free for another code.
            Code failed = WithError(code, type, "failed_to_set_on_device", message, now);
            (failed with { IsFailed = true, DigitsMac = null }).Put(db);
        }
        else if (attempt.Action == CommandAction.Delete && type == "access_code_not_found")
        {
            Code.Remove(db, code.AccessCodeId, now);
        }
        else if (attempt.Action == CommandAction.Delete)
        {
            WithError(code, type, "failed_to_remove_from_device", message, now).Put(db);
        }
    }

    private static Code WithError(
        Code code, string type, string otherwise, string message, long now)
    {
        JsonArray errors = code.Errors.DeepClone().AsArray();
        errors.Add(new JsonObject
        {
            ["error_code"] = CodeErrors.Contains(type) ? type : otherwise,
            ["message"] = message,
            ["is_access_code_error"] = true,
            ["created_at"] = CodeView.Time(now),
        });
        return code with { Errors = errors };
    }

    private void Succeed(SqliteConnection db, Attempt attempt, JsonObject? said, long now)
    {
        Code? code = attempt.AccessCodeId == null ? null : Code.Find(db, attempt.AccessCodeId);
        if (code == null)
        {
            return;
        }

        string? digits = said?["code"]?.GetValue<string>();
        switch (attempt.Action)
        {
            case CommandAction.Create:
                WithDigits(db, code with { IsConfirmed = true }, digits).Put(db);
                break;
            case CommandAction.Update:
                Code after = CodeChanges.Apply(code, _vault.Open(attempt.SealedChanges), _vault);
                WithDigits(db, after, digits).Put(db);
                break;
            case CommandAction.Delete:
                Code.Remove(db, code.AccessCodeId, now);
                break;
            case CommandAction.PullBackup:
                AddBackup(db, code, said!, digits!, now);
                break;
            default:
                break;
        }
    }

    private Code WithDigits(SqliteConnection db, Code code, string? digits)
    {
        if (digits == null)
        {
            return code;
        }

        if (code.CommonCodeKey != null)
        {
            SharedDigits.Learn(db, code.WorkspaceId, code.CommonCodeKey, digits, _vault);
        }

        return code with
        {
            SealedDigits = _vault.Seal(digits),
            DigitsMac = _vault.MarkDigits(code.DeviceId, digits),
        };
    }

    private void AddBackup(
        SqliteConnection db, Code original, JsonObject said, string digits, long now)
    {
        string id = said["access_code_id"]!.GetValue<string>();
        if (Code.OfLock(db, original.DeviceId, id) != null)
        {
            return;
        }

        new Code
        {
            AccessCodeId = Guid.NewGuid().ToString(),
            LockCodeId = id,
            DeviceId = original.DeviceId,
            WorkspaceId = original.WorkspaceId,
            Name = original.Name + " (backup)",
            SealedDigits = _vault.Seal(digits),
            DigitsMac = _vault.MarkDigits(original.DeviceId, digits),
            StartsAt = TimeOf(said, "starts_at") ?? original.StartsAt,
            EndsAt = TimeOf(said, "ends_at") ?? original.EndsAt,
            Options = CodeOptions.Backup | (original.Options & CodeOptions.OneTime),
            CreatedAt = now,
            IsConfirmed = true,
            BackupOf = original.AccessCodeId,
        }.Put(db);
    }

    private static long? TimeOf(JsonObject said, string name) => CodeChanges.Seconds(said, name);

    private void Note(SqliteConnection db, Device device, Attempt attempt, long now)
    {
        RigFeed.Note(
            db, "action_attempt", device, AttemptView.Of(attempt).ToJsonString(), now);
        if (attempt.AccessCodeId != null && Code.Find(db, attempt.AccessCodeId) is { } code)
        {
            RigFeed.Note(db, "access_code", device,
                _view.Of(db, code, now, hasDigits: false).ToJsonString(), now);
        }
    }
}
