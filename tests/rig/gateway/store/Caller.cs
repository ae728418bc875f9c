namespace Keyway.Tests.Rig.Gateway;

/// <summary>Who asks, and what they may see.</summary>
/// <param name="CredentialId">Which credential it was.</param>
/// <param name="WorkspaceId">The workspace that is meant.</param>
/// <param name="Devices">The devices of a client session; null: all of the workspace.</param>
internal sealed record Caller(string CredentialId, string WorkspaceId, HashSet<string>? Devices)
{
    /// <summary>True for a device in scope.</summary>
    public bool May(string workspaceId, string deviceId) =>
        workspaceId == WorkspaceId && (Devices == null || Devices.Contains(deviceId));
}
