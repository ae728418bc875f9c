// What changes an access code that exists: update, delete, pull_backup_access_code. ApiRoutes names
// them; they call LockCommand for the firmware's rules.

using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Changes and removes access codes.</summary>
internal sealed class CodeEdit
{
    private static readonly TimeSpan PullPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly GatewayDatabase _database;
    private readonly DigitsVault _vault;
    private readonly CodeView _view;
    private readonly CodeCreate _create;

    public CodeEdit(
        GatewayDatabase database, DigitsVault vault, CodeView view, CodeCreate create)
    {
        _database = database;
        _vault = vault;
        _view = view;
        _create = create;
    }

    /// <summary>access_codes/update.</summary>
    public JsonObject Update(ApiCall call)
    {
        JsonObject payload = LockCommand.Make(call.Parameters, Guid.NewGuid().ToString());
        LockCommand.Judge(payload, CommandAction.Update, call.Utc);
        (Code code, Device device) = Find(call);
        LockCommand.Throw(CommandMember.AccessCodeId,
            code.Has(CodeOptions.Offline) ? Refusal.IsOffline : Refusal.None);
        CodeCreate.JudgeOnline(device, call.Flag("attempt_for_offline_device") ?? true);
        Quota.Take(call.Db, device.DeviceId, CommandAction.Update, call.Now);
        JudgeWindow(call, code);
        string? digits = call.Text("code");
        CodeCreate.JudgeDigits(device, digits);
        _create.JudgeDuplicate(call.Db, device.DeviceId, digits, code.AccessCodeId);
        payload["access_code_id"] = code.LockCodeId;
        if (call.Flag("attempt_for_offline_device") == false)
        {
            LockCommand.Expire(payload, call.Utc);
        }

        Attempt attempt = LockCommand.ToAttempt(
            payload, CommandAction.Update, device, code.AccessCodeId, _vault, call.Now);
        attempt = attempt with { SealedChanges = _vault.Seal(call.Parameters.ToJsonString()) };
        attempt.Add(call.Db);
        return Answer(call, attempt, code);
    }

    /// <summary>access_codes/delete.</summary>
    public JsonObject Delete(ApiCall call)
    {
        (Code code, Device device) = Find(call);
        Quota.Take(call.Db, device.DeviceId, CommandAction.Delete, call.Now);
        Attempt? before = Attempt.PendingFor(call.Db, code.AccessCodeId)
            .Find(pending => pending.Action == CommandAction.Delete);
        if (before != null)
        {
            return Answer(call, before, code);
        }

        var parameters = new JsonObject { ["device_id"] = device.DeviceId };
        if (code.Has(CodeOptions.Offline))
        {
            parameters["keyway_offline_label"] =
                code.Has(CodeOptions.OneTime) ? "one_time" : "time_bound";
            parameters["starts_at"] = Iso8601.ToText(code.StartsAt!.Value);
            parameters["keyway_offline_index"] = code.OfflineIndex;
        }
        else
        {
            parameters["access_code_id"] = code.LockCodeId;
        }

        JsonObject payload = LockCommand.Make(parameters, Guid.NewGuid().ToString());
        Attempt attempt = LockCommand.ToAttempt(
            payload, CommandAction.Delete, device, code.AccessCodeId, _vault, call.Now);
        if (code.IsFailed)
        {
            // The lock has never had it.
            attempt = attempt with { Status = Attempt.Success, SealedPayload = null };
            Code.Remove(call.Db, code.AccessCodeId, call.Now);
        }

        attempt.Add(call.Db);
        return Answer(call, attempt, code);
    }

    /// <summary>access_codes/pull_backup_access_code: asks the lock, unless it was asked.</summary>
    public JsonObject Pull(ApiCall call)
    {
        (Code code, Device device) = Find(call);
        if (code.EndsAt == null || !code.Has(CodeOptions.UsesPool))
        {
            throw ApiFailure.Refused("backup_access_code_not_available",
                "access_code_id " + Refusals.TextOf(Refusal.NoBackupPool));
        }

        if (Code.BackupFor(call.Db, code.AccessCodeId) is { } pulled)
        {
            return new JsonObject { ["access_code"] = _view.Of(call.Db, pulled, call.Now) };
        }

        if (!device.IsOnline)
        {
            throw ApiFailure.Refused("device_offline",
                "The device is offline; a backup is made by the lock");
        }

        JsonObject payload = LockCommand.Make(
            new JsonObject { ["access_code_id"] = code.LockCodeId }, Guid.NewGuid().ToString());
        Attempt attempt = LockCommand.ToAttempt(
            payload, CommandAction.PullBackup, device, code.AccessCodeId, _vault, call.Now);
        attempt.Add(call.Db);
        return new JsonObject { ["action_attempt_id"] = attempt.ActionAttemptId };
    }

    /// <summary>Waits for the lock's answer to a pull.</summary>
    /// <exception cref="ApiFailure">It refuses, or does not answer.</exception>
    public async Task<JsonObject> CompletePullAsync(
        ApiCall call, JsonObject asked, CancellationToken cancel)
    {
        if (asked["action_attempt_id"]?.GetValue<string>() is not { } id)
        {
            return asked;
        }

        long start = Environment.TickCount64;
        while (Environment.TickCount64 - start < PullPatience.TotalMilliseconds)
        {
            Attempt attempt = _database.Read(db => Attempt.Find(db, id))!;
            if (attempt.Status == Attempt.Error)
            {
                throw ApiFailure.Refused(attempt.ErrorType!, attempt.ErrorMessage!);
            }

            if (attempt.Status == Attempt.Success)
            {
                return _database.Read(db => new JsonObject
                {
                    ["access_code"] = _view.Of(
                        db, Code.BackupFor(db, attempt.AccessCodeId!)!, call.Now),
                });
            }

            await Task.Delay(PollInterval, cancel);
        }

        throw ApiFailure.Refused("device_offline",
            "The device does not answer; pull again for the same backup");
    }

    private static (Code Code, Device Device) Find(ApiCall call)
    {
        Code code = call.Code(call.Id("access_code_id")!);
        return call.Id("device_id") is { } given && given != code.DeviceId
            ? throw ApiFailure.NotFound("access_code_not_found",
                $"Access code {code.AccessCodeId} not found on device {given}")
            : (code, Device.Find(call.Db, code.DeviceId)!);
    }

    // What the lock would find too, with the window that it has.
    private void JudgeWindow(ApiCall call, Code code)
    {
        bool hasStart = call.Text("starts_at") != null;
        bool hasEnd = call.Text("ends_at") != null;
        Code after = CodeChanges.Apply(code, call.Parameters.ToJsonString(), _vault);
        if (code.EndsAt == null && hasStart != hasEnd && call.Text("type") != "ongoing")
        {
            LockCommand.Throw(hasStart ? CommandMember.EndsAt : CommandMember.StartsAt,
                Refusal.WindowNeedsBoth);
        }

        if (after.EndsAt != null && (hasStart || hasEnd))
        {
            LockCommand.Throw(CommandMember.EndsAt, after.EndsAt <= after.StartsAt
                ? Refusal.WindowReversed
                : after.EndsAt <= call.Utc ? Refusal.WindowOver : Refusal.None);
        }
    }

    private JsonObject Answer(ApiCall call, Attempt attempt, Code code) => new()
    {
        ["action_attempt"] = AttemptView.Of(attempt),
        ["access_code"] = _view.Of(call.Db, code, call.Now),
    };
}
