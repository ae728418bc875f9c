using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Host;

/// <summary>Commands reach the lock once, whatever is away meanwhile.</summary>
[TestClass]
public sealed class GatewayDeliveryTests
{
    private const string Create = "/access_codes/create";

    [TestMethod]
    public async Task A_code_made_over_http_opens_the_door_until_it_is_deleted()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        (string id, JsonNode attempt) = await tested.CreateAsync(
            new { device_id = tested.DeviceId, code = "2468", name = new string('ü', 60) });

        Assert.AreEqual("success", (string?)attempt["status"]);
        Assert.AreEqual(new string('ü', 60), (string?)(await tested.CodeAsync(id))["name"]);
        await tested.Lock.EnterAsync("2468", "lock.unlocked");

        ApiAnswer deleted = await tested.PostAsync(
            "/access_codes/delete", new { access_code_id = id });
        await tested.EndAsync(deleted.String("action_attempt", "action_attempt_id"));
        await tested.Lock.EnterAsync("2468", "lock.access_denied");
        Assert.AreEqual(
            404, (await tested.GetAsync($"/access_codes/get?access_code_id={id}")).Status);
    }

    [TestMethod]
    public async Task A_lock_that_is_away_gets_its_commands_when_it_comes_back()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        await tested.Lock.Lock.CutPowerAsync();
        await tested.OnlineAsync(false);

        ApiAnswer refused = await tested.PostAsync(Create, new
        {
            device_id = tested.DeviceId,
            code = "9753",
            attempt_for_offline_device = false,
        });
        ApiAnswer made = await tested.PostAsync(
            Create, new { device_id = tested.DeviceId, code = "2468" });
        string id = made.String("access_code", "access_code_id");
        ApiAnswer updated = await tested.PostAsync(
            "/access_codes/update", new { access_code_id = id, code = "8642" });

        Assert.AreEqual("device_offline", refused.ErrorType);
        tested.Time.Advance(TimeSpan.FromSeconds(61));
        JsonNode waiting = await tested.CodeAsync(id);
        Assert.AreEqual("setting", (string?)waiting["status"]);
        Assert.AreEqual("delay_in_setting_on_device",
            (string?)waiting["warnings"]![0]!["warning_code"]);
        Assert.AreEqual("updating_code",
            (string?)waiting["pending_mutations"]![1]!["mutation_code"]);

        await Eventually.IsTrueAsync(() => tested.Gateway.Folder.Database.Read(db => db.Number(
            "SELECT count(*) FROM changes WHERE body LIKE '%delay_in_setting_on_device%'")) > 0,
            "the delay is told");

        await tested.Lock.Lock.RestorePowerAsync();
        JsonNode attempt = await tested.EndAsync(
            updated.String("action_attempt", "action_attempt_id"));
        Assert.AreEqual("success", (string?)attempt["status"], attempt.ToJsonString());
        Assert.AreEqual(1, await tested.Lock.Lock.CodeCountAsync());
        JsonNode set = await tested.CodeAsync(id);
        Assert.AreEqual(("set", "8642"), ((string?)set["status"], (string?)set["code"]));
        Assert.IsEmpty(set["warnings"]!.AsArray());
    }

    [TestMethod]
    public async Task A_door_command_that_nobody_took_has_expired_after_a_minute()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        await tested.Lock.Lock.CutPowerAsync();
        await tested.OnlineAsync(false);
        ApiAnswer asked = await tested.PostAsync(
            "/locks/unlock_door", new { device_id = tested.DeviceId });

        tested.Time.Advance(TimeSpan.FromSeconds(75));

        JsonNode attempt = await tested.EndAsync(
            asked.String("action_attempt", "action_attempt_id"));
        Assert.AreEqual("action_attempt_expired", (string?)attempt["error"]!["type"]);
    }

    [TestMethod]
    public async Task What_only_the_lock_knows_ends_the_attempt_with_its_error()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        await tested.Lock.SendAsync(tested.Lock.Create("8642"));

        (string id, JsonNode attempt) = await tested.CreateAsync(
            new { device_id = tested.DeviceId, code = "8642" });

        Assert.AreEqual("duplicate_code_on_device", (string?)attempt["error"]!["type"]);
        JsonNode failed = await tested.CodeAsync(id);
        Assert.AreEqual("duplicate_code_on_device",
            (string?)failed["errors"]![0]!["error_code"]);
        Assert.AreEqual("unset", (string?)failed["status"]);
        ApiAnswer deleted = await tested.PostAsync(
            "/access_codes/delete", new { access_code_id = id });
        Assert.AreEqual("success", deleted.String("action_attempt", "status"));
    }

    [TestMethod]
    public async Task A_post_whose_connection_drops_makes_one_code_when_it_is_repeated()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        var wish = new { device_id = tested.DeviceId, name = "guest" };
        string body = JsonSerializer.Serialize(wish);
        var url = new Uri(tested.Gateway.Url);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, url.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST {Create} HTTP/1.1\r\nHost: {url.Authority}\r\n"
                + $"Authorization: Bearer {tested.ApiKey}\r\n"
                + "Content-Type: application/json\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n{body}"));
            client.LingerState = new LingerOption(true, 0);
        }

        ApiAnswer repeated = await tested.SendAsync(HttpMethod.Post, Create, body);
        ApiAnswer list = await tested.GetAsync(
            $"/access_codes/list?device_id={tested.DeviceId}");

        Assert.AreEqual(200, repeated.Status, repeated.Text);
        Assert.HasCount(1, list.Json["access_codes"]!.AsArray());
    }

    [TestMethod]
    public async Task Two_guests_who_ask_alike_get_two_codes()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        var wish = new { device_id = tested.DeviceId, name = "guest" };

        ApiAnswer[] answers = await Task.WhenAll(
            tested.PostAsync(Create, wish), tested.PostAsync(Create, wish));

        Assert.AreNotEqual(answers[0].String("access_code", "access_code_id"),
            answers[1].String("access_code", "access_code_id"));
    }

    [TestMethod]
    public async Task A_repeat_gets_the_first_answer_only_when_that_was_lost()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        GatewayFolder folder = tested.Gateway.Folder;
        var repeats = new RepeatedRequests(folder.Database, folder.Vault, tested.Time);
        byte[] print = folder.Vault.Mark("alike");

        (string first, string? none) = await repeats.BeginAsync(print, default);
        folder.Database.Write(db =>
        {
            repeats.Keep(db, first, "the answer");
            return 0;
        });
        Task<(string Id, string? Answer)> second = repeats.BeginAsync(print, default);
        Assert.IsFalse(second.IsCompleted);
        repeats.End(first, isLost: true);
        (string again, string? answer) = await second;
        repeats.End(again, isLost: false);
        (string third, string? fresh) = await repeats.BeginAsync(print, default);

        Assert.IsNull(none);
        Assert.AreEqual((first, "the answer"), (again, answer));
        Assert.AreNotEqual(first, third);
        Assert.IsNull(fresh);
    }
}
