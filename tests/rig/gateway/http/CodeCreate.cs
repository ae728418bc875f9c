// access_codes/create and create_multiple. ApiRoutes names them; they call LockCommand for the
// firmware's rules, OfflineCreate for codes that no lock needs to hear of.

using System.Text;
using System.Text.Json.Nodes;
using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Makes access codes.</summary>
internal sealed class CodeCreate
{
    private readonly DigitsVault _vault;
    private readonly CodeView _view;
    private readonly OfflineCreate _offline;

    public CodeCreate(DigitsVault vault, CodeView view, OfflineCreate offline)
    {
        _vault = vault;
        _view = view;
        _offline = offline;
    }

    /// <summary>access_codes/create.</summary>
    public JsonObject Create(ApiCall call)
    {
        (Attempt attempt, Code code) = CreateOn(call, call.Id("device_id")!, call.Parameters);
        return new JsonObject
        {
            ["action_attempt"] = AttemptView.Of(attempt),
            ["access_code"] = _view.Of(call.Db, code, call.Now),
        };
    }

    /// <summary>access_codes/create_multiple: the same digits on several devices.</summary>
    public JsonObject CreateMultiple(ApiCall call)
    {
        JsonObject parameters = call.Parameters.DeepClone().AsObject();
        string[] devices = call.Ids("device_ids")!;
        parameters.Remove("device_ids");
        if (call.Text("code") == null && call.Text("common_code_key") == null
            && !IsOffline(parameters))
        {
            // The locks of a site make the same digits of the same key.
            parameters["common_code_key"] = $"auto-{Guid.NewGuid():N}";
        }

        var codes = new JsonArray();
        var attempts = new JsonArray();
        foreach (string device in devices)
        {
            parameters["device_id"] = device;
            (Attempt attempt, Code code) = CreateOn(call, device, parameters);
            attempts.Add(AttemptView.Of(attempt));
            codes.Add(_view.Of(call.Db, code, call.Now));
        }

        return new JsonObject { ["action_attempts"] = attempts, ["access_codes"] = codes };
    }

    private (Attempt Attempt, Code Code) CreateOn(
        ApiCall call, string deviceId, JsonObject parameters)
    {
        JsonObject payload = LockCommand.Make(parameters, Guid.NewGuid().ToString());
        payload["device_id"] = deviceId;
        Command command = LockCommand.Judge(payload, CommandAction.Create, call.Utc);
        Device device = call.Device(deviceId);
        JudgeDevice(device, command, call.Utc);
        Quota.Take(call.Db, deviceId, CommandAction.Create, call.Now);
        if (command.IsOffline)
        {
            return _offline.Create(call, device, command, NameOf(call, parameters, device));
        }

        string? digits = Digits(call, device, parameters, payload);
        JudgeDuplicate(call.Db, device.DeviceId, digits, null);
        if (parameters["attempt_for_offline_device"]?.GetValue<bool>() == false)
        {
            LockCommand.Expire(payload, call.Utc);
        }

        Code code = ToCode(call, device, parameters, command, digits);
        payload["access_code_id"] = code.AccessCodeId;
        Attempt attempt = LockCommand.ToAttempt(
            payload, CommandAction.Create, device, code.AccessCodeId, _vault, call.Now);
        code.Put(call.Db);
        attempt.Add(call.Db);
        RigFeed.Note(call.Db, "access_code", device,
            _view.Of(call.Db, code, call.Now, hasDigits: false).ToJsonString(), call.Now);
        return (attempt, code);
    }

    /// <summary>Refuses digits that the device has already.</summary>
    /// <param name="db">Knows them.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="digits">Null: the lock will make them.</param>
    /// <param name="except">A code that may have them.</param>
    /// <exception cref="ApiFailure">409, naming the code that has them.</exception>
    public void JudgeDuplicate(
        SqliteConnection db, string deviceId, string? digits, string? except)
    {
        Code? other = digits == null ? null
            : Code.Alike(db, deviceId, _vault.MarkDigits(deviceId, digits))
                .Find(code => code.AccessCodeId != except);
        if (other != null)
        {
            throw ApiFailure.Duplicate("The device has an access code with these digits: "
                + other.AccessCodeId);
        }
    }

    /// <summary>Refuses digits that the device's constraints do not allow.</summary>
    /// <exception cref="ApiFailure">400.</exception>
    public static void JudgeDigits(Device device, string? digits)
    {
        if (digits == null || device.Birth == null)
        {
            return;
        }

        CodeConstraints constraints = device.Constraints;
        LockCommand.Throw(CommandMember.Code,
            constraints.Asks(CodeConstraint.DigitsFromLockOnly) ? Refusal.DigitsFromLockOnly
                : constraints.Judge(Encoding.ASCII.GetBytes(digits), digits.Length));
    }

    /// <summary>Refuses what must not wait for a device that is away.</summary>
    /// <exception cref="ApiFailure">400.</exception>
    public static void JudgeOnline(Device device, bool mayWait)
    {
        if (!mayWait && !device.IsOnline)
        {
            throw ApiFailure.Refused("device_offline",
                "The device is offline, and attempt_for_offline_device is false");
        }
    }

    private static void JudgeDevice(Device device, Command command, long utc)
    {
        JudgeOnline(device, !command.Has(CommandMember.AttemptForOfflineDevice)
            || command.IsTrue(CommandMember.AttemptForOfflineDevice) || command.IsOffline);

        if (command.Has(CommandMember.StartsAt) && command.StartsAt <= utc
            && device.Constraints.Asks(CodeConstraint.StartInFuture))
        {
            LockCommand.Throw(CommandMember.StartsAt, Refusal.StartNotInFuture);
        }

        JudgeDigits(device, command.Has(CommandMember.Code)
            ? Encoding.ASCII.GetString(
                command.Payload, command.CodeOffset, command.CodeCount) : null);
    }

    // Those that were given, or those that the key is known to stand for.
    private string? Digits(
        ApiCall call, Device device, JsonObject parameters, JsonObject payload)
    {
        string? digits = parameters["code"]?.GetValue<string>();
        string? key = parameters["common_code_key"]?.GetValue<string>();
        string? known = key == null ? null
            : SharedDigits.Find(call.Db, device.WorkspaceId, key, _vault);
        if (known != null && digits != null && known != digits)
        {
            LockCommand.Throw(CommandMember.CommonCodeKey, Refusal.CommonKeyMismatch);
        }

        if (known != null && digits == null)
        {
            JudgeDigits(device, known);
            payload["code"] = known;
            payload.Remove("preferred_code_length");
        }

        if (key != null && digits != null)
        {
            SharedDigits.Learn(call.Db, device.WorkspaceId, key, digits, _vault);
        }

        return digits ?? known;
    }

    private Code ToCode(ApiCall call, Device device, JsonObject parameters, Command command,
        string? digits)
    {
        string id = Guid.NewGuid().ToString();
        bool hasWindow = command.Has(CommandMember.EndsAt);
        var code = new Code
        {
            AccessCodeId = id,
            LockCodeId = id,
            DeviceId = device.DeviceId,
            WorkspaceId = device.WorkspaceId,
            Name = NameOf(call, parameters, device),
            SealedDigits = _vault.Seal(digits),
            DigitsMac = _vault.MarkDigits(device.DeviceId, digits),
            CommonCodeKey = parameters["common_code_key"]?.GetValue<string>(),
            StartsAt = hasWindow ? command.StartsAt : null,
            EndsAt = hasWindow ? command.EndsAt : null,
            CreatedAt = call.Now,
        };
        return code with { Options = CodeChanges.OptionsOf(parameters, code) };
    }

    private static bool IsOffline(JsonObject parameters) =>
        parameters["is_offline_access_code"]?.GetValue<bool>() == true
        || parameters["use_offline_access_code"]?.GetValue<bool>() == true;

    private static string NameOf(ApiCall call, JsonObject parameters, Device device) =>
        parameters["name"]?.GetValue<string>() is { Length: > 0 } given ? given
            : "Access code " + (1 + call.Db.Number(
                "SELECT count(*) FROM codes WHERE device_id = $id", ("$id", device.DeviceId)));
}
