using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Host;

/// <summary>What the gateway says of what it is sent.</summary>
[TestClass]
public sealed class GatewayInputTests
{
    private const string Create = "/access_codes/create";

    [TestMethod]
    public async Task Everything_wrong_is_named_in_zod_s_form()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        foreach ((string body, string message, string field) in new (string, string, string)[]
        {
            ("{}", "device_id is required", "device_id"),
            ("""{"code":1234}""", "Expected string, received number for \"code\"", "code"),
            ("""{"device_id":"x"}""", "Invalid uuid for \"device_id\"", "device_id"),
            ("""{"name":null}""", "Expected string, received null for \"name\"", "name"),
            ("""{"code":"12a4"}""", "must hold only the digits 0 to 9 for \"code\"", "code"),
            ("""{"is_one_time_use":"yes"}""",
                "Expected boolean, received string for \"is_one_time_use\"", "is_one_time_use"),
            ("""{"max_time_rounding":"1week"}""",
                "is none of the words that are allowed for \"max_time_rounding\"",
                "max_time_rounding"),
            ("""{"starts_at":"2027-01-01T00:00:00Z"}""",
                "ends_at is required: starts_at and ends_at go together", ""),
            ("""{"starts_at":"2027-01-02T00:00:00Z","ends_at":"2027-01-01T00:00:00Z"}""",
                "ends_at must be later than starts_at", ""),
            ("""{"starts_at":"2020-01-02T00:00:00Z","ends_at":"2021-01-01T00:00:00Z"}""",
                "ends_at must be in the future", ""),
            ("""{"use_backup_access_code_pool":true}""",
                "Cannot use the backup pool for ongoing codes", ""),
            ("""{"allow_external_modification":true,"is_external_modification_allowed":false}""",
                "allow_external_modification says the opposite of its alias; give one of them",
                ""),
            ("""{"is_offline_access_code":true}""", "starts_at is required", "starts_at"),
        })
        {
            JsonObject given = JsonNode.Parse(body)!.AsObject();
            if (body != "{}")
            {
                given["device_id"] ??= tested.DeviceId;
            }

            ApiAnswer answer = await tested.SendAsync(
                HttpMethod.Post, Create, given.ToJsonString());

            Assert.AreEqual((400, "invalid_input", message),
                (answer.Status, answer.ErrorType, answer.Message));
            JsonNode errors = answer.Json["error"]!["validation_errors"]!;
            Assert.HasCount(field == "" ? 1 : 0, errors["_errors"]!.AsArray(), answer.Text);
            Assert.HasCount(1, (field == "" ? errors : errors[field])!["_errors"]!.AsArray());
        }

        ApiAnswer several = await tested.SendAsync(
            HttpMethod.Post, Create, """{"code":1,"name":2}""");
        Assert.AreEqual("3 Input Errors: device_id is required, Expected string, received number "
            + "for \"code\", Expected string, received number for \"name\"", several.Message);
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("{\"device_id\":")]
    [DataRow("{\"name\":\"a\",\"name\":\"b\"}")]
    [DataRow("null")]
    public async Task Bodies_that_are_no_object_are_refused_in_the_same_envelope(string body)
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();

        ApiAnswer answer = await tested.SendAsync(HttpMethod.Post, Create, body);

        Assert.AreEqual((400, "invalid_input"), (answer.Status, answer.ErrorType));
        Assert.IsFalse((bool)answer.Json["ok"]!);
    }

    [TestMethod]
    public async Task Constraints_of_the_lock_are_judged_before_it_is_asked()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync(0, settings =>
        {
            settings.Constraints.Rules = CodeConstraint.NoZeros | CodeConstraint.NoSequence;
            settings.Constraints.Lengths = 1 << 6;
        });
        foreach ((string code, string message) in new (string, string)[]
        {
            ("1235", "must have a length of this lock's supported_code_lengths for \"code\""),
            ("120345", "must not contain 0 for \"code\""),
            ("123456", "must not be a sequence such as 1234 or 9876 for \"code\""),
        })
        {
            ApiAnswer answer = await tested.PostAsync(
                Create, new { device_id = tested.DeviceId, code });
            Assert.AreEqual((400, message), (answer.Status, answer.Message));
        }

        (_, JsonNode attempt) = await tested.CreateAsync(
            new { device_id = tested.DeviceId, code = "135792" });
        Assert.AreEqual("success", (string?)attempt["status"]);
    }

    [TestMethod]
    public async Task Digits_that_the_gateway_knows_are_refused_at_once()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        (string id, _) = await tested.CreateAsync(
            new { device_id = tested.DeviceId, code = "2468" });

        ApiAnswer again = await tested.PostAsync(
            Create, new { device_id = tested.DeviceId, code = "2468" });

        Assert.AreEqual((409, "duplicate_access_code"), (again.Status, again.ErrorType));
        Assert.Contains(id, again.Message);
    }

    [TestMethod]
    public async Task Too_many_requests_for_a_device_have_to_wait()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        for (int i = 0; i < 10; i++)
        {
            ApiAnswer made = await tested.PostAsync(
                Create, new { device_id = tested.DeviceId, code = $"24{i}8" });
            Assert.AreEqual(200, made.Status, made.Text);
        }

        ApiAnswer refused = await tested.PostAsync(
            Create, new { device_id = tested.DeviceId, code = "9753" });
        Assert.AreEqual((429, "too_many_requests"), (refused.Status, refused.ErrorType));
        Assert.IsInRange(1, 60, int.Parse(refused.Headers["Retry-After"]));

        string id = (await tested.GetAsync($"/access_codes/list?device_id={tested.DeviceId}"))
            .Json["access_codes"]![0]!["access_code_id"]!.GetValue<string>();
        for (int i = 0; i <= 10; i++)
        {
            ApiAnswer updated = await tested.PostAsync(
                "/access_codes/update", new { access_code_id = id, name = $"name {i}" });
            Assert.AreEqual(i < 10 ? 200 : 429, updated.Status, updated.Text);
        }

        tested.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.AreEqual(200, (await tested.PostAsync(
            Create, new { device_id = tested.DeviceId, code = "9753" })).Status);
    }

    [TestMethod]
    public async Task One_offline_code_for_a_start_and_a_duration()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        long hour = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 3600 * 3600;
        var wish = new
        {
            device_id = tested.DeviceId,
            is_offline_access_code = true,
            starts_at = Iso8601.ToText(hour),
            ends_at = Iso8601.ToText(hour + 7200),
        };

        ApiAnswer first = await tested.PostAsync(Create, wish);
        ApiAnswer second = await tested.PostAsync(Create, wish);
        ApiAnswer once = await tested.PostAsync(Create, new
        {
            device_id = tested.DeviceId,
            is_offline_access_code = true,
            is_one_time_use = true,
            starts_at = Iso8601.ToText(hour),
        });

        Assert.AreEqual(200, first.Status, first.Text);
        Assert.AreEqual("success", first.String("action_attempt", "status"));
        Assert.AreEqual((409, "duplicate_access_code"), (second.Status, second.ErrorType));
        Assert.AreEqual(0, await tested.Lock.Lock.CodeCountAsync());
        await tested.Lock.EnterAsync(first.String("access_code", "code"), "lock.unlocked");
        await tested.Lock.EnterAsync(once.String("access_code", "code"), "lock.unlocked");
        await tested.Lock.EnterAsync(once.String("access_code", "code"), "lock.access_denied");
    }
}
