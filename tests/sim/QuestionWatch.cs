// What get and list tell: no more and no less than what the commands before have made. CodeLedger
// has one; Inquirer asks.

using System.Text.Json;
using Keyway.Tests.Model;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>Judges answers to get and list.</summary>
/// <param name="ledger">Knows the codes.</param>
/// <param name="time">What the lock believes.</param>
public sealed class QuestionWatch(CodeLedger ledger, Belief time)
{
    // What the status says may have been so when the lock wrote it.
    private const int PromptMs = 1000;

    /// <summary>Answers that were judged.</summary>
    public int Heard { get; private set; }

    /// <summary>The lock has answered.</summary>
    public void Hear(SentCommand question, JsonElement answer)
    {
        Heard++;
        bool isSuccess = answer.GetProperty("status").GetString() == "success";
        if (question.Word == Words.List)
        {
            Require(isSuccess, $"a list is refused: {answer}");
            foreach (JsonElement told in answer.GetProperty("access_codes").EnumerateArray())
            {
                Compare(question, told);
            }
        }
        else if (isSuccess)
        {
            JsonElement told = answer.GetProperty("access_code");
            Require(told.GetProperty("access_code_id").GetString() == question.About,
                $"asked for {question.About}, told {told}");
            Compare(question, told);
        }
        else
        {
            string? error = answer.GetProperty("error").GetProperty("type").GetString();
            Require(error == "access_code_not_found", $"a get is refused: {answer}");
            Require(ledger.Find(question.About!) is not { } code || MayBeGone(question, code),
                $"code {question.About} is lost, says get");
        }
    }

    /// <summary>A list has come to its end: everything that was there all the time is in it.
    /// </summary>
    /// <param name="first">Asked for the first page.</param>
    /// <param name="told">The ids of all pages.</param>
    public void Complete(SentCommand first, IReadOnlyCollection<string> told)
    {
        Require(told.Distinct().Count() == told.Count, "a list tells a code twice");
        foreach (KnownCode code in ledger.Codes)
        {
            Require(told.Contains(code.Id) || MayBeGone(first, code),
                $"code {code.Id} is lost, says list");
        }
    }

    private static bool MayBeGone(SentCommand question, KnownCode code) =>
        !code.MustStay() || code.Since(question.DeliveredMs).Contains(null);

    private void Compare(SentCommand question, JsonElement told)
    {
        string id = told.GetProperty("access_code_id").GetString()!;
        KnownCode? code = ledger.Find(id);
        if (code == null && (id == ledger.JustMade || (ledger.Backups.Unknown > 0
            && told.GetProperty("is_backup").GetBoolean())))
        {
            return;
        }

        Require(code != null, $"a code that nobody has made: {told}");
        bool fits = false;
        bool isPrompt = time.Milliseconds - question.DeliveredMs < PromptMs
            && time.Changes == question.TimeChanges;
        foreach (CodeVersion? version in code!.Since(question.DeliveredMs))
        {
            fits |= version != null && IsTold(version, told)
                && (!isPrompt || HasStatus(version, told.GetProperty("status").GetString()!));
        }

        Require(fits, $"code {id} is not as told: {told}\n  but may be: "
            + string.Join(", ", code.Since(question.DeliveredMs)));
    }

    private static bool IsTold(CodeVersion version, JsonElement told)
    {
        bool isOngoing = version.Ends == 0;
        return (version.Name == null || told.GetProperty("name").GetString() == version.Name)
            && told.GetProperty("type").GetString() == (isOngoing ? "ongoing" : "time_bound")
            && told.GetProperty("starts_at").GetString()
                == (isOngoing ? null : SpelledTime.InZ(version.Starts))
            && told.GetProperty("ends_at").GetString()
                == (isOngoing ? null : SpelledTime.InZ(version.Ends))
            && told.GetProperty("is_one_time_use").GetBoolean() == version.IsOneTime
            && told.GetProperty("is_offline_access_code").GetBoolean() == version.IsOffline
            && told.GetProperty("is_managed").GetBoolean() == !version.IsUnmanaged
            && told.GetProperty("is_backup").GetBoolean() == version.IsBackup
            && told.GetProperty("is_backup_access_code_available").GetBoolean() == version.UsesPool
            && told.GetProperty("is_external_modification_allowed").GetBoolean()
                == version.MayBeChanged
            && told.GetProperty("warnings").GetRawText().Contains(
                "code_modified_external_to_seam", StringComparison.Ordinal) == version.IsChanged;
    }

    private bool HasStatus(CodeVersion version, string status) => status switch
    {
        "set" => version.MayOpen(time),
        "unknown" => version.Ends != 0 && !time.IsKnown,
        "unset" => !version.MustOpen(time),
        _ => false,
    };
}
