namespace Keyway.Tests.Bench;

/// <summary>The commands that are measured.</summary>
public enum CommandKind
{
    Create,
    Update,
    Delete,
    Get,
    List,

    /// <summary>The last create, again under the same action_attempt_id.</summary>
    Repeat,
}
