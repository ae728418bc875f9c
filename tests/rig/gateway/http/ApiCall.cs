using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>A request that has passed the gate, while it is carried out.</summary>
/// <param name="Db">The step that it is part of.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Parameters">Checked.</param>
/// <param name="Now">Unix milliseconds.</param>
internal sealed record ApiCall(
    SqliteConnection Db, Caller Caller, JsonObject Parameters, long Now)
{
    /// <summary>The time of day, in unix seconds.</summary>
    public long Utc => Now / 1000;

    /// <summary>A string parameter; null when absent.</summary>
    public string? Text(string name) => Parameters[name]?.GetValue<string>();

    /// <summary>A boolean parameter; null when absent.</summary>
    public bool? Flag(string name) => Parameters[name]?.GetValue<bool>();

    /// <summary>A UUID as ids are kept: in lower case.</summary>
    public string? Id(string name) => Text(name)?.ToLowerInvariant();

    /// <summary>The ids of an array; null when absent.</summary>
    public string[]? Ids(string name) => Parameters[name]?.AsArray()
        .Select(id => id!.GetValue<string>().ToLowerInvariant()).Distinct().ToArray();

    /// <summary>The device that is meant.</summary>
    /// <exception cref="ApiFailure">404: there is none, or none in the caller's scope.</exception>
    public Device Device(string deviceId)
    {
        Device? device = Gateway.Device.Find(Db, deviceId);
        return device != null && Caller.May(device.WorkspaceId, device.DeviceId) ? device
            : throw ApiFailure.NotFound("device_not_found", $"Device {deviceId} not found");
    }

    /// <summary>The access code that is meant.</summary>
    /// <exception cref="ApiFailure">404, likewise.</exception>
    public Code Code(string accessCodeId)
    {
        Code? code = Gateway.Code.Find(Db, accessCodeId);
        return code != null && Caller.May(code.WorkspaceId, code.DeviceId) ? code
            : throw ApiFailure.NotFound(
                "access_code_not_found", $"Access code {accessCodeId} not found");
    }
}
