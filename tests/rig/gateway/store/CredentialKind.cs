namespace Keyway.Tests.Rig.Gateway;

/// <summary>The API's three ways to say who one is.</summary>
internal enum CredentialKind
{
    /// <summary>seam_…: one workspace.</summary>
    ApiKey,

    /// <summary>seam_cst…: some devices of a workspace.</summary>
    ClientSession,

    /// <summary>seam_at…: the workspaces of a user, one at a time.</summary>
    AccessToken,
}
