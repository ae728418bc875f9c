using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Host;

/// <summary>The names in firmware/contract are those of the firmware, all of them.</summary>
[TestClass]
public sealed class ContractNamesTests
{
    private static readonly Dictionary<CommandAction, string> Commands = new()
    {
        [CommandAction.Create] = "create",
        [CommandAction.Update] = "update",
        [CommandAction.Delete] = "delete",
        [CommandAction.PullBackup] = "pull_backup_access_code",
        [CommandAction.Get] = "get",
        [CommandAction.List] = "list",
        [CommandAction.UnlockDoor] = "unlock_door",
        [CommandAction.LockDoor] = "lock_door",
        [CommandAction.MoveDoor] = "move_door",
    };

    private static readonly CommandMember[] NotOfCreate =
    [
        CommandMember.Payload,
        CommandMember.Type,
        CommandMember.Limit,
        CommandMember.PageCursor,
        CommandMember.OfflineLabel,
        CommandMember.ActionType,
    ];

    private static readonly string[] EntriesOnly =
        ["unknown_code", "before_starts_at", "after_ends_at", "already_used"];

    [TestMethod]
    public void Each_command_has_a_schema_and_a_topic()
    {
        CommandAction[] actions = Enum.GetValues<CommandAction>();
        CollectionAssert.AreEquivalent(actions, Commands.Keys);
        Assert.IsEmpty(Commands.Values.Except(ContractFiles.SchemaNames));
        Assert.HasCount(actions.Length, new Topics("*").Commands());
    }

    [TestMethod]
    public void Each_topic_stands_in_the_README()
    {
        string document = File.ReadAllText(Path.Combine(SourceTree.Root, "README.md"));
        Findings.AssertNone(ContractFiles.Topics.Where(
            topic => !document.Contains($"`{topic}`", StringComparison.Ordinal)
                && !document.Contains($"`/{topic.Split('/')[^1]}`", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Create_has_the_members_that_the_reader_knows() => AssertSame(
        ContractFiles.Members("create").Keys,
        Enum.GetValues<CommandMember>().Except(NotOfCreate).Select(CommandMembers.NameOf));

    [TestMethod]
    public void Commands_have_together_every_member() => AssertSame(
        Commands.Values.SelectMany(name => ContractFiles.Members(name).Keys).Distinct(),
        Enum.GetValues<CommandMember>().Where(member => member != CommandMember.Payload)
            .Select(CommandMembers.NameOf));

    [TestMethod]
    public void Members_are_of_the_kind_that_the_reader_wants() => Findings.AssertNone(
        from name in Commands.Values
        from member in Enum.GetValues<CommandMember>()
        let members = ContractFiles.Members(name)
        where members.TryGetValue(CommandMembers.NameOf(member), out JsonNode? said)
            && TypeOf(said) != TypeOf(CommandMembers.KindOf(member))
        select $"{name}: {CommandMembers.NameOf(member)}");

    [TestMethod]
    public void Topics_are_those_of_the_firmware()
    {
        var topics = new Topics("*");
        AssertSame(
            ContractFiles.Topics.Select(topic => "keyway/v1/*/" + topic),
            [.. topics.Commands(), topics.AnswersTo(0), topics.Answers,
                topics.StateOf(new byte[Uuid.SizeBytes], 0).Replace(
                    Guid.Empty.ToString(), "{access_code_id}", StringComparison.Ordinal),
                topics.Events, topics.Status, topics.Door]);
    }

    [TestMethod]
    public void Each_schema_is_used()
    {
        string all = ContractFiles.Document
            + string.Concat(ContractFiles.SchemaNames.Select(ContractFiles.Text));
        Findings.AssertNone(ContractFiles.SchemaNames.Where(
            name => !all.Contains($"{name}.json", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Will_is_that_of_the_firmware() => StringAssert.Contains(
        ContractFiles.Document,
        $"message: '{System.Text.Encoding.UTF8.GetString(StatusWriter.Will())}'");

    [TestMethod]
    public void Error_types_are_the_closed_list() => AssertSame(
        ContractFiles.Words("types", "definitions", "error_type"),
        Enum.GetValues<Refusal>().Where(refusal => refusal != Refusal.None)
            .Select(Refusals.TypeOf).Distinct());

    [TestMethod]
    public void Event_types_and_their_words_are_those_that_the_writer_knows()
    {
        var seen = new SeenPayloads();
        ContractWriters.Events(seen);
        foreach (string member in (string[])["event_type", "reason", "method"])
        {
            AssertSame(ContractFiles.Words("event", "properties", member),
                seen.On("/events").Select(payload => payload[member]?.GetValue<string>())
                    .OfType<string>().Distinct());
        }
    }

    [TestMethod]
    public void Constraint_types_are_those_that_a_lock_can_have()
    {
        var seen = new SeenPayloads();
        _ = new ContractLock(seen, settings => settings.Constraints.Rules =
            Enum.GetValues<CodeConstraint>().Aggregate((rules, rule) => rules | rule));
        JsonArray said = seen.On("/status").Last()["code_constraints"]!.AsArray();
        AssertSame(
            ContractFiles.Words(
                "status", "definitions", "constraint", "properties", "constraint_type"),
            said.Select(rule => rule!["constraint_type"]!.GetValue<string>()));
    }

    [TestMethod]
    public void Scenarios_bring_about_what_the_contract_lists()
    {
        SeenPayloads seen = ContractRuns.Scenarios();
        AssertSame(
            ContractFiles.Words("action_attempt", "properties", "action_type")
                .SelectMany(type => (string[])[type + " success", type + " error"]),
            seen.On("/action_attempts").Select(
                attempt => $"{attempt["action_type"]} {attempt["status"]}").Distinct());
        AssertSame(
            ContractFiles.Words("types", "definitions", "error_type"),
            seen.On("/action_attempts").Concat(seen.On("/answers"))
                .Select(answer => answer["error"]?["type"]!.GetValue<string>())
                .OfType<string>().Distinct());
        string[] reasons = [.. seen.On("/events")
            .Select(happened => happened["reason"]?.GetValue<string>()).OfType<string>()];
        Assert.IsEmpty(EntriesOnly.Except(reasons));
    }

    private static string TypeOf(JsonNode said) =>
        said["type"]?.GetValue<string>() is "boolean" or "integer"
            ? said["type"]!.GetValue<string>() : "string";

    private static string TypeOf(JsonToken kind) => kind switch
    {
        JsonToken.True => "boolean",
        JsonToken.Number => "integer",
        _ => "string",
    };

    private static void AssertSame(IEnumerable<string> said, IEnumerable<string> known)
    {
        string[] saidWords = [.. said];
        string[] knownWords = [.. known];
        Findings.AssertNone(
            saidWords.Except(knownWords).Select(word => $"only in the contract: {word}")
                .Concat(knownWords.Except(saidWords)
                    .Select(word => $"not in the contract: {word}")));
    }
}
