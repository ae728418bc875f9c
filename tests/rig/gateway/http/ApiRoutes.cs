using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Every route of the API that the gateway has.</summary>
internal sealed class ApiRoutes
{
    private static readonly string[] Read = ["GET", "POST"];
    private static readonly string[] Write = ["POST"];

    // What create and create_multiple share; the firmware's reader knows them all.
    private static readonly Parameter[] Wishes =
    [
        .. ((string[])
        [
            "code", "name", "starts_at", "ends_at", "preferred_code_length", "common_code_key",
            "allow_external_modification", "is_external_modification_allowed",
            "prefer_native_scheduling", "attempt_for_offline_device", "is_offline_access_code",
            "use_offline_access_code", "is_one_time_use", "max_time_rounding",
            "use_backup_access_code_pool", "keyway_duress",
        ]).Select(name => new Parameter(name, ParameterKind.OfFirmware)),
        new("sync", ParameterKind.Boolean),
    ];

    private static readonly Parameter[] Changes =
    [
        .. ((string[])
        [
            "code", "name", "starts_at", "ends_at", "type", "common_code_key",
            "allow_external_modification", "is_external_modification_allowed",
            "prefer_native_scheduling", "attempt_for_offline_device", "is_one_time_use",
        ]).Select(name => new Parameter(name, ParameterKind.OfFirmware)),
        new("sync", ParameterKind.Boolean),
    ];

    private static readonly Parameter Device = new("device_id", ParameterKind.Uuid, true);
    private static readonly Parameter AnyDevice = new("device_id", ParameterKind.Uuid);
    private static readonly Parameter AnyCode = new("access_code_id", ParameterKind.Uuid);
    private static readonly Parameter CodeId = new("access_code_id", ParameterKind.Uuid, true);

    public ApiRoutes(CodeCreate create, CodeEdit edit, Queries queries) => All =
    [
        new("/access_codes/create", Write, "Makes an access code.",
            [Device, .. Wishes], true, create.Create),
        new("/access_codes/create_multiple", ["POST", "PUT"],
            "Makes access codes with the same digits on several devices.",
            [new("device_ids", ParameterKind.Uuids, true), .. Wishes], true,
            create.CreateMultiple),
        new("/access_codes/update", ["POST", "PUT", "PATCH"], "Changes an access code.",
            [CodeId, AnyDevice, .. Changes], true, edit.Update),
        new("/access_codes/delete", ["POST", "DELETE"], "Removes an access code.",
            [CodeId, AnyDevice, new("sync", ParameterKind.Boolean)], true, edit.Delete),
        new("/access_codes/pull_backup_access_code", Write,
            "Gives an access code a backup; again the same one.", [CodeId], true, edit.Pull)
        {
            Complete = edit.CompletePullAsync,
        },
        new("/access_codes/get", Read, "An access code, by id or by device and digits.",
            [AnyCode, AnyDevice, new("code", ParameterKind.OfFirmware)], false,
            queries.GetCode),
        new("/access_codes/list", Read, "Access codes, page by page.",
            [
                AnyDevice, new("access_code_ids", ParameterKind.Uuids),
                new("limit", ParameterKind.Integer), new("page_cursor", ParameterKind.Text),
            ], false, queries.ListCodes),
        new("/action_attempts/get", Read, "How a command ended.",
            [new("action_attempt_id", ParameterKind.Uuid, true)], false, queries.GetAttempt),
        .. Devices("/devices", queries),
        .. Devices("/locks", queries),
        Door("/locks/unlock_door", CommandAction.UnlockDoor, "Opens a door.", queries),
        Door("/locks/lock_door", CommandAction.LockDoor, "Locks a door.", queries),
    ];

    /// <summary>All of them.</summary>
    public ApiRoute[] All { get; }

    /// <summary>The route of a path; null when there is none.</summary>
    public ApiRoute? Find(string path) =>
        Array.Find(All, route => route.Path == path.TrimEnd('/'));

    private static ApiRoute[] Devices(string prefix, Queries queries) =>
    [
        new(prefix + "/get", Read, "A device, by id or name.",
            [AnyDevice, new("name", ParameterKind.Text)], false, queries.GetDevice),
        new(prefix + "/list", Read, "The caller's devices.",
            [new("device_ids", ParameterKind.Uuids)], false, queries.ListDevices),
    ];

    private static ApiRoute Door(
        string path, CommandAction action, string summary, Queries queries)
    {
        JsonObject Move(ApiCall call) => queries.MoveDoor(call, action);
        return new(path, Write, summary, [Device, new("sync", ParameterKind.Boolean)], true, Move);
    }
}
