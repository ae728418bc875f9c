using System.Text.Json;
using System.Text.RegularExpressions;
using static Keyway.Tests.Model.Difference;

namespace Keyway.Tests.Model;

/// <summary>Compares what a lock says with what it should say.</summary>
/// <param name="model">Knows.</param>
public sealed partial class AnswerCheck(LockModel model)
{
    /// <summary>Judges an answer that had not been given before.</summary>
    /// <returns>True when it is a success.</returns>
    public static bool IsSuccess(Request request, Expected expected, JsonElement answer)
    {
        bool isAttempt = request.Word is not (Words.Get or Words.List or Words.Pull);
        string status = answer.GetProperty("status").GetString()!;
        JsonElement error = answer.GetProperty("error");
        bool isSuccess = status == "success";
        string said = isSuccess ? status : error.GetProperty("type").GetString()!;
        string right = expected.Errors.Count == 0 ? "success"
            : string.Join(" or ", expected.Errors) + (expected.MaySucceed ? " or success" : "");
        Require(isSuccess ? expected.Errors.Count == 0 || expected.MaySucceed
            : expected.Errors.Contains(said), "outcome", right, answer.GetRawText());
        if (isAttempt)
        {
            JsonValueKind result = answer.GetProperty("result").ValueKind;
            Require(result == (isSuccess ? JsonValueKind.Object : JsonValueKind.Null),
                "result", isSuccess ? "{}" : "null", answer.GetRawText());
            string type = request.Word[(request.Word.IndexOf('/') + 1)..].ToUpperInvariant();
            type += request.Word.StartsWith("locks", StringComparison.Ordinal)
                ? "" : "_ACCESS_CODE";
            Require(answer.GetProperty("action_type").GetString() == type,
                "action_type", type, answer.GetRawText());
        }

        if (said == "duplicate_code_on_device")
        {
            string message = error.GetProperty("message").GetString()!;
            Require(message.Contains(expected.Other!, StringComparison.Ordinal),
                "the other code", expected.Other!, message);
        }

        return isSuccess;
    }

    /// <summary>Judges the code in the answer of a command, and learns from it what only the lock
    /// knows: digits that it makes, and a backup's id.</summary>
    /// <returns>The code as it is now.</returns>
    public static ModelCode Learn(Expected expected, JsonElement shown)
    {
        ModelCode code = expected.Code!;
        string id = shown.GetProperty("access_code_id").GetString()!;
        Require(code.Id is "" || code.Id == id, "access_code_id", code.Id, id);
        ModelCode learned = code;
        if (code.Id is "")
        {
            learned = new ModelCode(id)
            {
                Digits = code.Digits,
                IsMade = true,
                Name = code.Name,
                Starts = code.Starts,
                Ends = code.Ends,
                Created = code.Created,
                IsBackup = true,
                IsOneTime = code.IsOneTime,
            };
        }

        CheckWindow(learned, shown);
        CheckText(shown, "status", expected.Status ?? shown.GetProperty("status").GetString());
        string? digits = shown.TryGetProperty("code", out JsonElement told)
            ? told.GetString() : null;
        bool isTold = code.IsMade && !(code.IsFromKey && expected.IsUnchanged);
        Require((digits != null) == isTold, "code", $"told {isTold}", $"{shown}");
        if (digits != null)
        {
            Require(IsLike(code.Digits, digits), "digits", code.Digits, digits);
            learned.Digits = digits;
        }

        if (code.IsFromKey && isTold)
        {
            SiteDigits.Learn(code.Key!, learned.Digits);
        }

        return learned;
    }

    /// <summary>Judges a code as get, list and the retained state show it.</summary>
    /// <param name="code">As the model knows it.</param>
    /// <param name="shown">As the lock shows it.</param>
    /// <param name="isNow">The status is that of now.</param>
    public void Check(ModelCode code, JsonElement shown, bool isNow)
    {
        CheckText(shown, "access_code_id", code.Id);
        CheckText(shown, "device_id", model.Shape.DeviceId);
        string name = shown.GetProperty("name").GetString()!;
        Require(code.Name is "" ? Generated().IsMatch(name) : name == code.Name,
            "name", code.Name, name);
        CheckWindow(code, shown);
        string? status = isNow ? model.StatusOf(code) : null;
        CheckText(shown, "status", status ?? shown.GetProperty("status").GetString());
        CheckFlag(shown, "is_managed", true);
        CheckFlag(shown, "is_scheduled_on_device", !code.IsOngoing && !code.IsWaiting);
        CheckFlag(shown, "is_external_modification_allowed", code.IsExternal);
        CheckFlag(shown, "is_one_time_use", code.IsOneTime);
        CheckFlag(shown, "is_offline_access_code", false);
        CheckFlag(shown, "is_backup", code.IsBackup);
        CheckFlag(shown, "is_backup_access_code_available", code.UsesPool);
        JsonElement mutations = shown.GetProperty("pending_mutations");
        Require(mutations.GetArrayLength() == (code.IsWaiting ? 1 : 0),
            "pending_mutations", $"waiting {code.IsWaiting}", $"{shown}");
        if (code.IsWaiting)
        {
            CheckText(mutations[0], "mutation_code", "deferring_creation");
            CheckText(mutations[0], "scheduled_at", SpelledTime.InZ(code.Starts - ModelTime.Hour));
        }

        Require(!shown.TryGetProperty("code", out _), "digits", "none", $"{shown}");
    }

    private static void CheckWindow(ModelCode code, JsonElement shown)
    {
        CheckText(shown, "type", code.IsOngoing ? "ongoing" : "time_bound");
        CheckText(shown, "starts_at", code.IsOngoing ? null : SpelledTime.InZ(code.Starts));
        CheckText(shown, "ends_at", code.IsOngoing ? null : SpelledTime.InZ(code.Ends));
        CheckText(shown, "created_at", code.Created == 0 ? null : SpelledTime.InZ(code.Created));
    }

    private static void CheckText(JsonElement shown, string name, string? model) => Require(
        shown.GetProperty(name).GetString() == model, name, model ?? "null", $"{shown}");

    private static void CheckFlag(JsonElement shown, string name, bool model) => Require(
        shown.GetProperty(name).GetBoolean() == model, name, $"{model}", $"{shown}");

    private static bool IsLike(string model, string digits) => model.Length == digits.Length
        && digits.All(char.IsAsciiDigit) && (model[0] == '?' || model == digits);

    [GeneratedRegex("^Access code [1-9][0-9]*$")]
    private static partial Regex Generated();
}
