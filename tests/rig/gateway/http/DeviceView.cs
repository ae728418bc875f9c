using System.Text.Json.Nodes;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>A lock as the API's object.</summary>
internal static class DeviceView
{
    // The published schemas have a closed list of types, all of them vendors'; this one is a
    // platform's, and in both generations.
    private const string DeviceType = "smartthings_lock";

    /// <summary>The object.</summary>
    public static JsonObject Of(Device device) => new()
    {
        ["device_id"] = device.DeviceId,
        ["device_type"] = DeviceType,
        ["display_name"] = device.Name,
        ["workspace_id"] = device.WorkspaceId,

        // There are no accounts here: the workspace stands for one.
        ["connected_account_id"] = device.WorkspaceId,
        ["is_managed"] = true,
        ["created_at"] = CodeView.Time(device.CreatedAt),
        ["capabilities_supported"] = new JsonArray("access_code", "lock"),
        ["can_remotely_unlock"] = true,
        ["can_remotely_lock"] = true,
        ["can_unlock_with_code"] = true,
        ["can_program_online_access_codes"] =
            device.Says("can_program_online_access_codes"),
        ["can_program_offline_access_codes"] =
            device.SealedOfflineSecret != null,
        ["custom_metadata"] = new JsonObject(),
        ["location"] = new JsonObject(),
        ["space_ids"] = new JsonArray(),
        ["errors"] = device.IsOnline ? new JsonArray() : new JsonArray(new JsonObject
        {
            ["error_code"] = "device_offline",
            ["message"] = "The lock is not connected; commands wait for it.",
            ["is_device_error"] = true,
            ["created_at"] = CodeView.Time(device.CreatedAt),
        }),
        ["warnings"] = new JsonArray(),
        ["properties"] = Properties(device),
    };

    private static JsonObject Properties(Device device)
    {
        var model = new JsonObject
        {
            ["display_name"] = "Keyway",
            ["manufacturer_display_name"] = "Keyway",
            ["has_built_in_keypad"] = true,
        };
        var properties = new JsonObject
        {
            ["name"] = device.Name,
            ["online"] = device.IsOnline,
            ["appearance"] = new JsonObject { ["name"] = device.Name },
            ["model"] = model,
            ["manufacturer"] = "keyway",
            ["has_direct_power"] = true,
        };
        foreach (string member in (string[])
            [
                "supported_code_lengths", "code_constraints", "max_active_codes_supported",
                "supports_backup_access_code_pool",
            ])
        {
            if (device.Birth?[member] is { } known)
            {
                properties[member] = known.DeepClone();
            }
        }

        return properties;
    }
}
