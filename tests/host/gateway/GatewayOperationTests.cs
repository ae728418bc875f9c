using System.Net;
using System.Text.Json.Nodes;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;
using Keyway.Tests.Rig.Gateway;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Keyway.Tests.Host;

/// <summary>Running gateways: one or several, healthy or not.</summary>
[TestClass]
public sealed class GatewayOperationTests
{
    [TestMethod]
    [RequiresMosquitto]
    public async Task Two_gateways_share_a_folder_and_a_broker_with_shared_subscriptions()
    {
        int port = FreePort.Find();
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(port);
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync(port);
        await TwoGatewaysAsync(tested);
        Assert.IsTrue(tested.Gateway.IsShared);
    }

    [TestMethod]
    public async Task Two_gateways_share_a_broker_without_shared_subscriptions()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        await TwoGatewaysAsync(tested);
        Assert.IsFalse(tested.Gateway.IsShared);
    }

    [TestMethod]
    public async Task The_openapi_document_is_sound_and_has_every_route()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();

        ApiAnswer served = await tested.GetAsync("/openapi.json");
        ReadResult read = OpenApiDocument.Parse(served.Text, "json");

        Assert.IsEmpty(read.Diagnostic!.Errors);
        string[] ids = [.. read.Document!.Paths.SelectMany(path => path.Value.Operations!.Values)
            .Select(operation => operation.OperationId!)];
        CollectionAssert.AllItemsAreUnique(ids);
        foreach (string expected in (string[])
            [
                "post_access_codes_create", "put_access_codes_create_multiple",
                "patch_access_codes_update", "delete_access_codes_delete",
                "get_access_codes_get", "post_access_codes_list",
                "post_access_codes_pull_backup_access_code", "get_action_attempts_get",
                "get_devices_list", "post_locks_unlock_door", "post_locks_lock_door",
            ])
        {
            CollectionAssert.Contains(ids, expected);
        }
    }

    [TestMethod]
    public async Task Metrics_and_health_say_how_it_is()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        await tested.CreateAsync(new { device_id = tested.DeviceId, code = "2468" });

        string metrics = (await tested.GetAsync("/metrics")).Text;

        Assert.Contains("keyway_commands_answered_total{action=\"Create\",status=\"success\"} 1",
            metrics);
        Assert.Contains("keyway_devices_online 1", metrics);
        Assert.Contains("http_request_duration_seconds", metrics);
        Assert.AreEqual("Healthy", (await tested.GetAsync("/health/live")).Text);
        Assert.AreEqual("Healthy", (await tested.GetAsync("/health/ready")).Text);
    }

    [TestMethod]
    public async Task Without_a_broker_it_lives_and_is_not_ready()
    {
        DirectoryInfo place = Directory.CreateTempSubdirectory("keyway-gateway-");
        await using (GatewayHost gateway = await GatewayHost.StartAsync(
            Settings(place), _ => { }))
        {
            using var http = new HttpClient();
            Assert.AreEqual("Healthy", await http.GetStringAsync(gateway.Url + "/health/live"));
            using HttpResponseMessage ready = await http.GetAsync(gateway.Url + "/health/ready");
            Assert.AreEqual(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        }

        place.Delete(recursive: true);
    }

    [TestMethod]
    public async Task What_stands_in_its_way_is_said()
    {
        DirectoryInfo place = Directory.CreateTempSubdirectory("keyway-gateway-");
        GatewaySettings settings = Settings(place);
        await using (GatewayHost gateway = await GatewayHost.StartAsync(settings, _ => { }))
        {
            IOException taken = await Assert.ThrowsExactlyAsync<IOException>(
                () => GatewayHost.StartAsync(settings, _ => { }));
            Assert.Contains("--http-port", taken.Message);
        }

        foreach (string file in Directory.GetFiles(place.FullName, "gateway.db*"))
        {
            await File.WriteAllTextAsync(file, "this is no database, and never was one");
        }

        IOException damaged = await Assert.ThrowsExactlyAsync<IOException>(
            () => GatewayHost.StartAsync(settings, _ => { }));
        Assert.Contains("gateway.db", damaged.Message);
        ArgumentException open = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => GatewayHost.StartAsync(settings with { Listen = IPAddress.Any }, _ => { }));
        Assert.Contains("--http-certificate", open.Message);
        place.Delete(recursive: true);
    }

    [TestMethod]
    public async Task The_feed_tells_what_changes_without_digits()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        await tested.CreateAsync(new { device_id = tested.DeviceId, code = "730164" });
        await tested.Lock.EnterAsync("730164", "lock.unlocked");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var kinds = new HashSet<string>();

        await foreach (RigChange change in tested.Gateway.Feed.ReadAsync(0, patience.Token))
        {
            Assert.DoesNotContain("730164", change.Json);
            kinds.Add(change.Kind);
            if (change.Json.Contains("lock.unlocked", StringComparison.Ordinal))
            {
                break;
            }
        }

        CollectionAssert.AreEquivalent(
            (string[])["device", "access_code", "action_attempt", "event"], kinds.ToArray());
    }

    [TestMethod]
    public async Task A_gateway_goes_on_where_another_was_stopped()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        await tested.Lock.Lock.CutPowerAsync();
        await tested.OnlineAsync(false);
        ApiAnswer made = await tested.PostAsync("/access_codes/create",
            new { device_id = tested.DeviceId, code = "2468" });

        await tested.ReplaceAsync();
        await tested.Lock.Lock.RestorePowerAsync();

        JsonNode attempt = await tested.EndAsync(
            made.String("action_attempt", "action_attempt_id"));
        Assert.AreEqual("success", (string?)attempt["status"]);
        JsonNode code = await tested.CodeAsync(made.String("access_code", "access_code_id"));
        Assert.AreEqual("2468", (string?)code["code"]);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task Beyond_loopback_it_speaks_tls_and_takes_the_given_key()
    {
        DirectoryInfo place = Directory.CreateTempSubdirectory("keyway-gateway-");
        using SiteAuthority authority = SiteAuthority.Open(place.FullName);
        (string certificate, string key) = authority.SignServer("localhost");
        await File.WriteAllTextAsync(Path.Combine(place.FullName, "http.crt"), certificate);
        await File.WriteAllTextAsync(Path.Combine(place.FullName, "http.key"), key);
        string apiKey = "seam_1_" + new string('7', 64);
        GatewaySettings settings = Settings(place) with
        {
            Listen = IPAddress.Any,
            Certificate = Path.Combine(place.FullName, "http.crt"),
            CertificateKey = Path.Combine(place.FullName, "http.key"),
            HostNames = ["localhost"],
            ApiKey = apiKey,
        };
        await using (GatewayHost gateway = await GatewayHost.StartAsync(settings, _ => { }))
        {
            using var trusting = new HttpClientHandler();
            trusting.ServerCertificateCustomValidationCallback =
                (_, shown, _, _) => shown!.MatchesHostname("localhost");
            using var http = new HttpClient(trusting);
            http.DefaultRequestHeaders.Authorization = new("Bearer", apiKey);
            Assert.Contains("\"ok\":true", await http.GetStringAsync(
                $"https://localhost:{settings.Port}/devices/list"));
            Assert.IsNull(gateway.Folder.NewApiKey);
            Assert.AreEqual(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                new DirectoryInfo(Path.Combine(place.FullName, "gateway-keys")).UnixFileMode);
        }

        place.Delete(recursive: true);
    }

    [TestMethod]
    [RequiresMosquitto]
    public async Task Gateways_of_a_provisioned_site_show_the_broker_a_certificate_each()
    {
        int port = FreePort.Find();
        DirectoryInfo place = Directory.CreateTempSubdirectory("keyway-gateway-");
        string site = Path.Combine(place.FullName, "site");
        Provisioning.Run(new ProvisionOrder(
            "door", site, "office", "pass phrase", "localhost", port, "COM3"));
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync(
            port, ConfigurationOf(Path.Combine(site, "broker")));
        GatewaySettings settings = Settings(place) with
        {
            BrokerHost = "localhost",
            BrokerPort = port,
            BrokerTls = Path.Combine(site, "broker"),
        };
        await using (GatewayHost first = await GatewayHost.StartAsync(
            settings, folder => Assert.AreEqual(1, folder.AddSite(site))))
        await using (GatewayHost second = await GatewayHost.StartAsync(
            settings with { Port = (ushort)FreePort.Find(), BrokerUser = "gateway-2" }, _ => { }))
        {
            await Eventually.IsTrueAsync(
                () => first is { IsConnected: true, IsShared: true }
                    && second is { IsConnected: true, IsShared: true }, "both are connected");
        }

        place.Delete(recursive: true);
    }

    // As provisioned, with whole paths; address, user and persistence are the test broker's.
    private static string ConfigurationOf(string folder) => string.Join('\n',
        File.ReadLines(Path.Combine(folder, "mosquitto.conf"))
            .Where(line => line != "" && !line.StartsWith('#')
                && !line.StartsWith("listener", StringComparison.Ordinal)
                && !line.StartsWith("persistence", StringComparison.Ordinal))
            .Select(line => line.Split(' ', 2))
            .Select(words => words[0] is "cafile" or "certfile" or "keyfile" or "acl_file"
                ? $"{words[0]} {Path.Combine(folder, words[1])}" : string.Join(' ', words)));

    private static async Task TwoGatewaysAsync(GatewayUnderTest tested)
    {
        await tested.StartSecondAsync();
        await Eventually.IsTrueAsync(() => tested.Second!.IsConnected, "the second is connected");
        for (int i = 0; i < 6; i++)
        {
            string body = new JsonObject
            {
                ["device_id"] = tested.DeviceId,
                ["code"] = $"24{i}8",
            }.ToJsonString();
            ApiAnswer made = await tested.SendAsync(HttpMethod.Post, "/access_codes/create",
                body, to: i % 2 == 0 ? tested.Gateway : tested.Second);
            JsonNode attempt = await tested.EndAsync(
                made.String("action_attempt", "action_attempt_id"));
            Assert.AreEqual("success", (string?)attempt["status"], attempt.ToJsonString());
        }

        Assert.AreEqual(6, await tested.Lock.Lock.CodeCountAsync());
    }

    private static GatewaySettings Settings(DirectoryInfo place) => new()
    {
        Data = place.FullName,
        BrokerHost = "127.0.0.1",
        BrokerPort = FreePort.Find(),
        Port = (ushort)FreePort.Find(),
        IsQuiet = true,
    };
}
