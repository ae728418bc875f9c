using System.Text.Json.Nodes;

namespace Keyway.Tests.Host;

/// <summary>Payloads that a lock said or heard, each with one thing wrong.</summary>
internal static class ContractMutations
{
    private const string Id = "a77e3b70-0000-4000-8000-000000000001";

    /// <summary>Adds all of them.</summary>
    /// <param name="good">Payloads that match.</param>
    /// <param name="wrong">Receives those that must not.</param>
    public static void Add(SeenPayloads good, SeenPayloads wrong)
    {
        AddEvents(new Mutation(good, wrong, "/events"));
        AddAttempts(new Mutation(good, wrong, "/action_attempts"));
        AddAnswers(new Mutation(good, wrong, "/answers"));
        AddStates(new Mutation(good, wrong, "/access_codes/state/" + Id));
        AddStatus(new Mutation(good, wrong, "/status"));
        AddCommands(good, wrong);
        AddDoor(good, wrong);
    }

    private static void AddEvents(Mutation events)
    {
        events.Of("lock.unlocked", p => p["occurred_at"] = "2026-11-24T10:00:00");
        events.Of("lock.unlocked", p => p["occurred_at"] = "2026-11-24T10:00:00+00:00");
        events.Of("lock.unlocked", p => p["occurred_at"] = "2026-11-24T25:00:00Z");
        events.Of("lock.unlocked", p => p["code"] = "1234");
        events.Of("lock.unlocked", p => p["message"] = "1234");
        events.Of("lock.unlocked", p => p["method"] = "1234");
        events.Of("lock.unlocked", p => p["access_code_id"] = "1234");
        events.Of("lock.unlocked", p => p["event_id"] = Id.ToUpperInvariant());
        events.Of("lock.unlocked", p => p["event_type"] = "lock.opened");
        events.Of("lock.unlocked", p => p["sequence"] = "1");
        events.Of("lock.unlocked", p => p["sequence"] = -1);
        events.Of("lock.unlocked", p => p.Remove("event_id"));
        events.Of("lock.access_denied", p => p["reason"] = "wrong");
        events.Of("lock.access_denied", p => p["digits"] = "1234");
        events.Of("lock.access_denied", p => p.Remove("reason"));
        events.Of("keyway.command_refused", p => p["access_code_id"] = Id);
        events.Of("keyway.storage_trouble", p => p.Remove("message"));
        events.Of("lock.unlocked", _ => { }, retain: true);
    }

    private static void AddAttempts(Mutation attempts)
    {
        attempts.Of("CREATE_ACCESS_CODE", p => p["device_id"] = Id);
        attempts.Of("CREATE_ACCESS_CODE", p => p["code"] = "1234");
        attempts.Of("CREATE_ACCESS_CODE", p => p["action_attempt_id"] = "1");
        attempts.Of("\"success\"", p => p["result"] = null);
        attempts.Of("\"success\"", p => p["result"]!["door"] = "open");
        attempts.Of("\"success\"", p => p.Remove("error"));
        attempts.Of("\"success\"", p => p["status"] = "pending");
        attempts.Of("\"success\"", p => p["status"] = "error");
        attempts.Of("CREATE_ACCESS_CODE\",\"status\":\"success", p => p.Remove("access_code"));
        attempts.Of("\"access_code\"", p => p["access_code"]!["created_at"] = "2026-11-24");
        attempts.Of("\"access_code\"", p => p["access_code"]!["name"] = "Ada");
        attempts.Of("\"access_code\"", p => p["access_code"]!["code"] = 1234);
        attempts.Of("\"ongoing\"", p => p["access_code"]!["ends_at"] = "2026-11-24T10:00:00Z");
        attempts.Of("\"time_bound\"", p => p["access_code"]!["ends_at"] = null);
        attempts.Of("DELETE_ACCESS_CODE\",\"status\":\"success",
            p => p["access_code"] = new JsonObject());
        attempts.Of("\"invalid_input\"", p => p["error"]!["type"] = "invalid");
        attempts.Of("\"invalid_input\"", p => p["error"]!["validation_errors"] = "");
        attempts.Of("\"invalid_input\"", p => p["error"]!["message"] = "is required");
        attempts.Of("\"invalid_input\"", p => p["result"] = new JsonObject());
    }

    private static void AddAnswers(Mutation answers)
    {
        answers.Of("\"next_cursor\"", p => p["action_type"] = "LIST");
        answers.Of("\"next_cursor\"", p => p.Remove("next_cursor"));
        answers.Of("\"next_cursor\"", p => p["next_cursor"] = 2);
        answers.Of("\"next_cursor\"", p => p.Remove("access_codes"));
        answers.Of("\"device_id\"", p => p["x"] = 1);
        answers.Of("\"access_code\":{\"access_code_id\":\"" + Id + "\",\"device_id\"",
            p => p["access_code"]!["code"] = "1234");
        answers.Of("\"code\"", p => p["access_code"]!.AsObject().Remove("code"));
        answers.Of("\"access_code_not_found\"", p => p["error"] = null);
    }

    private static void AddStates(Mutation states)
    {
        states.Of("", p => p["code"] = "1234");
        states.Of("", p => p["status"] = "setting");
        states.Of("", p => p["created_at"] = "2026-11-24T10:00:00.000Z");
        states.Of("", p => p["starts_at"] = 0);
        states.Of("", p => p["is_managed"] = "true");
        states.Of("", p => p["name"] = "");
        states.Of("", p => p["warnings"]!.AsArray().Add("x"));
        states.Of("", p => p.Remove("pending_mutations"));
        states.Of("", _ => { }, retain: false);
    }

    private static void AddStatus(Mutation status)
    {
        status.Of("false}", p => p["device_id"] = Id);
        status.Of("slots_digest", p => p["slots_digest"] = "DEADBEEF");
        status.Of("slots_digest", p => p["free_slots"] = -1);
        status.Of("slots_digest", p => p["supported_code_lengths"]!.AsArray().Add(13));
        status.Of("slots_digest", p => p["code_constraints"]!.AsArray().Add(
            new JsonObject { ["constraint_type"] = "no_ones" }));
        status.Of("slots_digest", p => p["code_constraints"]!.AsArray().Add(
            new JsonObject { ["constraint_type"] = "name_length" }));
        status.Of("slots_digest", p => p["boot_reason"] = "coffee");
        status.Of("slots_digest", p => p.Remove("is_clock_known"));
        status.Of("slots_digest", p => p["secret"] = "1234");
    }

    private static void AddCommands(SeenPayloads good, SeenPayloads wrong)
    {
        var create = new Mutation(good, wrong, "/create");
        create.Of("481516", p => p["code"] = 481516);
        create.Of("481516", p => p["code"] = "481");
        create.Of("481516", p => p["code"] = "\u0661\u0662\u0663\u0664");
        create.Of("481516", p => p["preferred_code_length"] = 6);
        create.Of("481516", p => p["name"] = null);
        create.Of("481516", p => p["is_one_time_use"] = "true");
        create.Of("481516", p => p["is_offline_access_code"] = true);
        create.Of("481516", p => p.Remove("action_attempt_id"));
        create.Of("481516", p => p.Remove("device_id"));
        create.Of("\"ends_at\"", p => p.Remove("starts_at"));
        create.Of("\"ends_at\"", p => p["ends_at"] = "2026-11-24T10:00:00");
        create.Of("481516", _ => { }, retain: true);
        new Mutation(good, wrong, "/update").Of("", p => p.Remove("access_code_id"));
        new Mutation(good, wrong, "/update").Of("", p => p["type"] = "daily");
        new Mutation(good, wrong, "/delete").Of("_label", p => p.Remove("starts_at"));
        new Mutation(good, wrong, "/delete").Of("access_code_id", p => p.Remove("access_code_id"));
        new Mutation(good, wrong, "/get").Of("", p => p["access_code_id"] = "1");
        new Mutation(good, wrong, "/list").Of("", p => p["page_cursor"] = 2);
        new Mutation(good, wrong, "/pull_backup_access_code").Of("", p => p.Clear());
        new Mutation(good, wrong, "/unlock_door").Of("", p => p.Remove("expires_at"));
        new Mutation(good, wrong, "/lock_door").Of("", p => p.Remove("issued_at"));
        new Mutation(good, wrong, "/locks/command").Of("", p => p["action_type"] = "OPEN");
    }

    private static void AddDoor(SeenPayloads good, SeenPayloads wrong)
    {
        new Mutation(good, wrong, "/locks/state").Of("", p => p["locked"] = "yes");
        new Mutation(good, wrong, "/locks/state").Of("", p => p["code"] = "1234");
        var found = new Mutation(good, wrong, "/config");
        found.Of("", p => p.Remove("origin"));
        found.Of("", p => p["device"]!.AsObject().Remove("identifiers"));
        found.Of("", p => p["components"]!["lock"]!["platform"] = "door");
        found.Of("", p => p["components"]!["lock"]!.AsObject().Remove("command_topic"));
        found.Of("", p => p["components"]!["tamper"]!["device_class"] = "thief");
        found.Of("", p => p["state_topic"] = "keyway/#");
    }
}
