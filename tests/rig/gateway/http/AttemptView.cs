using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>An action attempt as the API's object.</summary>
internal static class AttemptView
{
    /// <summary>What a command that nobody answered in time ends with; the API's name.</summary>
    public const string Expired = "action_attempt_expired";

    /// <summary>The object; without digits.</summary>
    public static JsonObject Of(Attempt attempt) => new()
    {
        ["action_attempt_id"] = attempt.ActionAttemptId,
        ["action_type"] = attempt.ActionType,
        ["status"] = attempt.Status,
        ["result"] = attempt.Status == Attempt.Success ? new JsonObject() : null,
        ["error"] = attempt.Status != Attempt.Error ? null : new JsonObject
        {
            ["type"] = TypeOf(attempt),
            ["message"] = attempt.ErrorMessage,
        },
    };

    // The newest schema of the door's attempts allows these two only.
    private static string TypeOf(Attempt attempt) =>
        attempt.Action is not (CommandAction.UnlockDoor or CommandAction.LockDoor)
            ? attempt.ErrorType!
        : attempt.ErrorType is Expired or "command_expired" ? Expired : "uncategorized_error";
}
