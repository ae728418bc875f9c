// What the gateway says to a lock, and what the firmware's own rules say of it at request time.
// The actions call it; it calls CommandReader, CommandRules and Topics.

using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>The payload of a command.</summary>
internal static class LockCommand
{
    private const long GiveUpMs = 24 * 3600 * 1000L;
    private const long ImmediateSeconds = 60;
    private const long GraceMs = 10_000;

    // Fewer bytes than \uXXXX; the payload has 2 KiB.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes a payload of the parameters that the lock knows.</summary>
    public static JsonObject Make(JsonObject parameters, string attemptId)
    {
        var payload = new JsonObject { ["action_attempt_id"] = attemptId };
        foreach ((string name, JsonNode? value) in parameters)
        {
            payload[name] = name == "name"
                ? Cut(value!.GetValue<string>()) : value?.DeepClone();
        }

        return payload;
    }

    /// <summary>Judges what follows from the bytes and the time.</summary>
    /// <returns>The command as the lock will read it.</returns>
    /// <exception cref="ApiFailure">It would be refused.</exception>
    public static Command Judge(JsonObject payload, CommandAction action, long utc)
    {
        var command = new Command();
        byte[] bytes = ToBytes(payload);
        string deviceId = payload["device_id"]?.GetValue<string>() ?? $"{Guid.Empty}";
        new CommandReader(deviceId).Read(bytes, 0, bytes.Length, action, command);
        CommandRules.JudgeBytes(command);
        CommandRules.JudgeTime(command, new Moment().Set(true, utc, utc));
        Throw(command.RefusedMember, command.Refusal);
        return command;
    }

    /// <summary>Says a refusal of the firmware in the API's words.</summary>
    /// <exception cref="ApiFailure">Unless there is none.</exception>
    public static void Throw(CommandMember member, Refusal refusal)
    {
        if (refusal == Refusal.None)
        {
            return;
        }

        string name = CommandMembers.NameOf(member);
        string text = Refusals.TextOf(refusal);
        throw refusal switch
        {
            Refusal.Missing => ApiFailure.Invalid([(name, "Required")]),
            Refusal.PoolForOngoing => ApiFailure.Invalid([("", text)]),
            Refusal.WindowHalf or Refusal.WindowReversed or Refusal.WindowOver
                or Refusal.Contradicts or Refusal.OfflineWithCode or Refusal.WindowForDuress
                or Refusal.PreferredWithCode or Refusal.WindowNeedsBoth
                or Refusal.RoundingExceeded or Refusal.OfflineTooLong
                => ApiFailure.Invalid([("", $"{name} {text}")]),
            _ => ApiFailure.Invalid([(name, text)]),
        };
    }

    /// <summary>Makes an attempt of a payload.</summary>
    public static Attempt ToAttempt(JsonObject payload, CommandAction action, Device device,
        string? accessCodeId, DigitsVault vault, long now)
    {
        bool isImmediate = payload.ContainsKey("expires_at");
        return new Attempt
        {
            ActionAttemptId = payload["action_attempt_id"]!.GetValue<string>(),
            DeviceId = device.DeviceId,
            WorkspaceId = device.WorkspaceId,
            AccessCodeId = accessCodeId,
            Action = action,
            SealedPayload = vault.Seal(payload.ToJsonString(Plain)),
            CreatedAt = now,
            GiveUpAt = now + (isImmediate ? ImmediateSeconds * 1000 + GraceMs : GiveUpMs),
        };
    }

    /// <summary>Says until when the lock may carry it out: for a door, and for what must not
    /// wait.</summary>
    public static void Expire(JsonObject payload, long utc)
    {
        payload["issued_at"] = Iso8601.ToText(utc);
        payload["expires_at"] = Iso8601.ToText(utc + ImmediateSeconds);
    }

    private static byte[] ToBytes(JsonObject payload) =>
        Encoding.UTF8.GetBytes(payload.ToJsonString(Plain));

    private static string Cut(string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        return Encoding.UTF8.GetString(
            text, 0, Utf8.CutLength(text, 0, text.Length, Limits.NameBytes));
    }
}
