// What only reads: codes, attempts, devices; and the two commands for a door. ApiRoutes names them.

using System.Text;
using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Answers questions, and moves doors.</summary>
internal sealed class Queries
{
    private const int PageMost = 500;
    private readonly DigitsVault _vault;
    private readonly CodeView _view;

    public Queries(DigitsVault vault, CodeView view)
    {
        _vault = vault;
        _view = view;
    }

    /// <summary>access_codes/get: by id, or by device and digits.</summary>
    public JsonObject GetCode(ApiCall call)
    {
        if (call.Id("access_code_id") is { } id)
        {
            return new JsonObject { ["access_code"] = _view.Of(call.Db, call.Code(id), call.Now) };
        }

        if (call.Id("device_id") is not { } deviceId || call.Text("code") is not { } digits)
        {
            throw ApiFailure.Invalid("Must specify access_code_id, or both device_id and code");
        }

        Device device = call.Device(deviceId);
        Code found = Code.Alike(
                call.Db, device.DeviceId, _vault.MarkDigits(device.DeviceId, digits))
            .FirstOrDefault() ?? throw ApiFailure.NotFound(
                "access_code_not_found", "The device has no access code with these digits");
        return new JsonObject { ["access_code"] = _view.Of(call.Db, found, call.Now) };
    }

    /// <summary>access_codes/list, page by page.</summary>
    public JsonObject ListCodes(ApiCall call)
    {
        if (call.Id("device_id") == null && call.Ids("access_code_ids") == null)
        {
            throw ApiFailure.Invalid("Must specify device_id or access_code_ids");
        }

        string? deviceId = call.Id("device_id");
        if (deviceId != null)
        {
            call.Device(deviceId);
        }

        string[]? ids = call.Ids("access_code_ids");
        List<Code> codes = [.. Code.OfWorkspace(call.Db, call.Caller.WorkspaceId)
            .Where(code => call.Caller.May(code.WorkspaceId, code.DeviceId)
                && (deviceId == null || code.DeviceId == deviceId)
                && (ids == null || ids.Contains(code.AccessCodeId)))];
        int first = Cursor(call);
        int limit = Math.Min(call.Parameters["limit"]?.GetValue<int>() ?? PageMost, PageMost);
        bool hasMore = codes.Count - first > limit;
        return new JsonObject
        {
            ["access_codes"] = new JsonArray([.. codes.Skip(first).Take(limit)
                .Select(code => (JsonNode)_view.Of(call.Db, code, call.Now))]),
            ["pagination"] = new JsonObject
            {
                ["has_next_page"] = hasMore,
                ["next_page_cursor"] = hasMore
                    ? Convert.ToBase64String(Encoding.ASCII.GetBytes($"{first + limit}")) : null,
                ["next_page_url"] = null,
            },
        };
    }

    /// <summary>action_attempts/get.</summary>
    public JsonObject GetAttempt(ApiCall call)
    {
        string id = call.Id("action_attempt_id")!;
        Attempt? attempt = Attempt.Find(call.Db, id);
        return attempt != null && attempt.ActionType != ""
            && call.Caller.May(attempt.WorkspaceId, attempt.DeviceId)
                ? new JsonObject { ["action_attempt"] = AttemptView.Of(attempt) }
                : throw ApiFailure.NotFound(
                    "action_attempt_not_found", $"Action attempt {id} not found");
    }

    /// <summary>devices/get.</summary>
    public JsonObject GetDevice(ApiCall call)
    {
        if (call.Id("device_id") is { } id)
        {
            return new JsonObject { ["device"] = DeviceView.Of(call.Device(id)) };
        }

        string? name = call.Text("name") ?? throw ApiFailure.Invalid(
            "Must specify device_id or name");
        Device device = Device.All(call.Db).Find(found => found.Name == name
                && call.Caller.May(found.WorkspaceId, found.DeviceId))
            ?? throw ApiFailure.NotFound("device_not_found", "No device has this name");
        return new JsonObject { ["device"] = DeviceView.Of(device) };
    }

    /// <summary>devices/list.</summary>
    public JsonObject ListDevices(ApiCall call)
    {
        string[]? ids = call.Ids("device_ids");
        return new JsonObject
        {
            ["devices"] = new JsonArray([.. Device.All(call.Db)
                .Where(device => call.Caller.May(device.WorkspaceId, device.DeviceId)
                    && (ids == null || ids.Contains(device.DeviceId)))
                .Select(device => (JsonNode)DeviceView.Of(device))]),
            ["pagination"] = new JsonObject
            {
                ["has_next_page"] = false,
                ["next_page_cursor"] = null,
                ["next_page_url"] = null,
            },
        };
    }

    /// <summary>locks/unlock_door and locks/lock_door.</summary>
    public JsonObject MoveDoor(ApiCall call, CommandAction action)
    {
        Device device = call.Device(call.Id("device_id")!);
        JsonObject payload = LockCommand.Make(
            new JsonObject { ["device_id"] = device.DeviceId }, Guid.NewGuid().ToString());
        LockCommand.Expire(payload, call.Utc);
        LockCommand.Judge(payload, action, call.Utc);
        Attempt attempt = LockCommand.ToAttempt(
            payload, action, device, null, _vault, call.Now);
        attempt.Add(call.Db);
        return new JsonObject { ["action_attempt"] = AttemptView.Of(attempt) };
    }

    private static int Cursor(ApiCall call)
    {
        if (call.Text("page_cursor") is not { } cursor)
        {
            return 0;
        }

        Span<byte> text = stackalloc byte[16];
        return Convert.TryFromBase64String(cursor, text, out int count)
            && int.TryParse(text[..count], out int first) && first >= 0
                ? first : throw ApiFailure.Invalid([("page_cursor", "Is none of ours")]);
    }
}
