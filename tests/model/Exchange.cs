// Sends requests to a lock and compares what comes of them with the model. Life calls it; it calls
// AnswerCheck.

using System.Text.Json;
using static Keyway.Tests.Model.Difference;

namespace Keyway.Tests.Model;

/// <summary>Requests and their answers.</summary>
/// <param name="pair">Is asked.</param>
public sealed class Exchange(Pair pair)
{
    private const long StrikeMs = 6000;
    private readonly AnswerCheck _check = new(pair.Model);

    private LockDriver Lock => pair.Lock;

    private LockModel Model => pair.Model;

    /// <summary>Sends a request; whatever comes of it is compared.</summary>
    /// <param name="request">Any.</param>
    /// <param name="isCut">The power goes as soon as it has been taken.</param>
    public void Send(Request request, bool isCut)
    {
        if (isCut)
        {
            pair.SaveTime();
        }

        pair.Align();
        pair.Begin(request);
        Expected expected = Model.Judge(request);
        Lock.Forget();
        Lock.Send(request);
        bool opens = Lock.IsOpen;
        if (isCut)
        {
            pair.Note("power cut");
            pair.CutPower(true);
        }

        Lock.Rest();
        string? answer = Answer(request, expected, isCut);
        bool isSuccess = answer != null && expected.Again == null
            && Take(request, expected, answer);
        bool isUnlock = isSuccess && request.Word == Words.Unlock;
        Require(opens == isUnlock, "strike", $"{isUnlock}", $"{opens}");
        if (opens)
        {
            pair.Clock.Advance(StrikeMs);
            Lock.Rest();
        }

        Model.Pass(Lock.IsThere);
    }

    /// <summary>Reads the whole list, page by page.</summary>
    /// <param name="requests">Asks for the pages.</param>
    /// <param name="limit">Codes of a page; 0: as many as the lock likes.</param>
    public void ListAll(RequestMaker requests, int limit)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = "";
        while (cursor != null)
        {
            Request request = requests.Page(cursor, limit);
            pair.Align();
            pair.Begin(request);
            Lock.Forget();
            Lock.Send(request);
            Lock.Rest();
            Require(Lock.Answers.Count == 1, "answers", "1", $"{Lock.Answers.Count}");
            using JsonDocument parsed = JsonDocument.Parse(Lock.Answers[0].Answer);
            JsonElement page = parsed.RootElement;
            foreach (JsonElement shown in page.GetProperty("access_codes").EnumerateArray())
            {
                string id = shown.GetProperty("access_code_id").GetString()!;
                Require(seen.Add(id), "listed once", "once", id);
            }

            cursor = CheckPage(request, page);
        }

        Require(seen.Count == Model.Codes.Count, "listed codes",
            string.Join(' ', Model.Codes.Keys), string.Join(' ', seen));
    }

    /// <summary>Compares the retained states: of every code, and of no other.</summary>
    public void CheckStates()
    {
        foreach ((string id, string state) in Lock.States)
        {
            bool isThere = Model.Codes.TryGetValue(id, out ModelCode? code);
            Require(state.Length > 0 == isThere, $"state of {id}", isThere ? "there" : "gone",
                state);
            if (code != null)
            {
                using JsonDocument shown = JsonDocument.Parse(state);
                _check.Check(code, shown.RootElement, false);
            }
        }

        ModelCode? without =
            Model.Codes.Values.FirstOrDefault(code => !Lock.States.ContainsKey(code.Id));
        Require(without == null, "state", without?.Id ?? "", "none");
    }

    // One answer, or as many as the broker has not acknowledged before a cut; all others are old.
    private string? Answer(Request request, Expected expected, bool isCut)
    {
        string? attempt = new Reading(request).Attempt;
        string? own = null;
        int count = 0;
        foreach ((string topic, string answer) in Lock.Answers)
        {
            pair.Note($"{topic} {answer}");
            using JsonDocument parsed = JsonDocument.Parse(answer);
            string id = parsed.RootElement.GetProperty("action_attempt_id").GetString()!;
            if (id == attempt)
            {
                Require(own == null || own == answer, "again", own ?? "", answer);
                string right = request.Word is Words.Get or Words.List or Words.Pull
                    ? "answers" : "action_attempts";
                Require(topic == right || expected.Again != null, "topic", right, topic);
                own = answer;
                count++;
            }
            else
            {
                string known = Model.Answers.GetValueOrDefault(id).Answer ?? "none";
                Require(answer == known, "an answer that was given", known, answer);
            }
        }

        int expectedCount = expected.IsSilent ? 0 : 1;
        Require(isCut || count == expectedCount, "answers", $"{expectedCount}", $"{count}");
        Require(!isCut || own != null || !expected.IsStored, "answer after the cut", "1", "none");
        Require(expected.Again == null || own == null || own == expected.Again, "again",
            expected.Again ?? "", own ?? "");
        return own;
    }

    private bool Take(Request request, Expected expected, string answer)
    {
        using JsonDocument parsed = JsonDocument.Parse(answer);
        JsonElement root = parsed.RootElement;
        bool isSuccess = AnswerCheck.IsSuccess(request, expected, root);
        if (expected.IsStored)
        {
            Model.Answers[root.GetProperty("action_attempt_id").GetString()!] =
                (request.Copy(), answer);
        }

        if (!isSuccess)
        {
            return false;
        }

        if (request.Word == Words.List)
        {
            CheckPage(request, root);
        }
        else if (request.Word == Words.Get)
        {
            _check.Check(expected.Code!, root.GetProperty("access_code"), true);
        }
        else
        {
            Require(root.TryGetProperty("access_code", out JsonElement shown)
                == (expected.Code != null), "access_code", $"{expected.Code != null}", answer);
            ModelCode? code = expected.Code == null
                ? null : AnswerCheck.Learn(expected, shown);
            expected.Apply?.Invoke(code!);
        }

        return true;
    }

    private string? CheckPage(Request request, JsonElement page)
    {
        JsonElement codes = page.GetProperty("access_codes");
        long limit = new Reading(request).Number("limit");
        Require(codes.GetArrayLength() <= (limit is 1 ? 1 : 2), "page", $"{limit}", $"{page}");
        foreach (JsonElement shown in codes.EnumerateArray())
        {
            string id = shown.GetProperty("access_code_id").GetString()!;
            Require(Model.Codes.ContainsKey(id), "listed code", "none", id);
            _check.Check(Model.Codes[id], shown, true);
        }

        return page.GetProperty("next_cursor").GetString();
    }
}
