namespace Keyway.Tests.Rig.Gateway;

/// <summary>Something that has changed.</summary>
/// <param name="Sequence">Grows with every change; a reader goes on after the last it saw.</param>
/// <param name="Kind">action_attempt, access_code, device, or event.</param>
/// <param name="WorkspaceId">Whose it is.</param>
/// <param name="DeviceId">The lock that it is about.</param>
/// <param name="Json">What it is now: the API's object without digits, or the lock's event.</param>
internal sealed record RigChange(
    long Sequence, string Kind, string WorkspaceId, string DeviceId, string Json);
