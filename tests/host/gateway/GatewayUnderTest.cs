using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Host;

/// <summary>A broker, a virtual lock and a gateway, and a client of the gateway.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("keyway-gateway-");
    private readonly HttpClient _http = new();
    private EmbeddedBroker? _broker;

    /// <summary>The lock.</summary>
    public LockUnderTest Lock { get; private set; } = null!;

    /// <summary>The gateway.</summary>
    public GatewayHost Gateway { get; private set; } = null!;

    /// <summary>Another, over the same folder; null unless it was started.</summary>
    public GatewayHost? Second { get; private set; }

    /// <summary>The gateway's clock.</summary>
    public ShiftedTime Time { get; } = new();

    /// <summary>An API key of the gateway's workspace.</summary>
    public string ApiKey { get; private set; } = "";

    /// <summary>The lock's id.</summary>
    public string DeviceId => Lock.DeviceId;

    /// <summary>The broker's port.</summary>
    public int BrokerPort { get; private set; }

    /// <summary>The gateway's folder.</summary>
    public string Data => Path.Combine(_place.FullName, "data");

    /// <summary>Starts all of it, and waits until the gateway knows the lock.</summary>
    /// <param name="port">Of a broker that runs; 0: the embedded one.</param>
    /// <param name="adjust">Changes the lock's settings.</param>
    /// <param name="lockPort">Of the broker of the lock; 0: the same.</param>
    public static async Task<GatewayUnderTest> StartAsync(
        int port = 0, Action<AgentSettings>? adjust = null, int lockPort = 0)
    {
        var tested = new GatewayUnderTest();
        if (port == 0)
        {
            tested._broker = await EmbeddedBroker.StartAsync();
        }

        tested.BrokerPort = tested._broker?.Port ?? port;
        tested.Lock = await LockUnderTest.StartAsync(
            lockPort == 0 ? tested.BrokerPort : lockPort, prepare: null, adjust: adjust);
        tested.Gateway = await tested.StartGatewayAsync();
        tested.ApiKey = tested.Gateway.Folder.NewApiKey!;
        await tested.OnlineAsync(true);
        return tested;
    }

    /// <summary>Starts a second gateway over the same folder.</summary>
    public async Task StartSecondAsync() => Second = await StartGatewayAsync();

    /// <summary>Stops the gateway and starts another over the same folder.</summary>
    public async Task ReplaceAsync()
    {
        await Gateway.DisposeAsync();
        Gateway = await StartGatewayAsync();
    }

    /// <summary>Waits until the gateway has seen the lock come or go.</summary>
    public async Task OnlineAsync(bool isOnline)
    {
        await Eventually.IsTrueAsync(() => Gateway.Folder.Database.Read(
            db => Device.Find(db, DeviceId)!.IsOnline) == isOnline, $"online is {isOnline}");
    }

    /// <summary>Sends a request with the API key.</summary>
    public Task<ApiAnswer> PostAsync(string path, object body) =>
        SendAsync(HttpMethod.Post, path, JsonSerializer.Serialize(body));

    /// <summary>Reads with the API key.</summary>
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Sends anything.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">With the query.</param>
    /// <param name="body">JSON; null for none.</param>
    /// <param name="token">Another credential; empty for none.</param>
    /// <param name="to">Another gateway.</param>
    /// <param name="adjust">Changes the request.</param>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, string? body,
        string? token = null, GatewayHost? to = null, Action<HttpRequestMessage>? adjust = null)
    {
        using var request = new HttpRequestMessage(method, (to ?? Gateway).Url + path);
        if (token != "")
        {
            request.Headers.Authorization =
                new AuthenticationHeaderValue("Bearer", token ?? ApiKey);
        }

        if (body != null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        adjust?.Invoke(request);
        using HttpResponseMessage response = await _http.SendAsync(request);
        return await ApiAnswer.ReadAsync(response);
    }

    /// <summary>Creates a code and waits for the end of its attempt.</summary>
    /// <returns>The code's id, and the attempt.</returns>
    public async Task<(string Id, JsonNode Attempt)> CreateAsync(object body)
    {
        ApiAnswer made = await PostAsync("/access_codes/create", body);
        Assert.AreEqual(200, made.Status, made.Text);
        return (made.String("access_code", "access_code_id"),
            await EndAsync(made.String("action_attempt", "action_attempt_id")));
    }

    /// <summary>Waits for the end of an attempt.</summary>
    public async Task<JsonNode> EndAsync(string attemptId)
    {
        JsonNode? attempt = null;
        await Eventually.IsTrueAsync(() =>
        {
            attempt = GetAsync($"/action_attempts/get?action_attempt_id={attemptId}")
                .GetAwaiter().GetResult().Json["action_attempt"];
            return (string?)attempt!["status"] != "pending";
        }, "the attempt ends");
        return attempt!;
    }

    /// <summary>An access code as it is now.</summary>
    public async Task<JsonNode> CodeAsync(string id)
    {
        ApiAnswer found = await GetAsync($"/access_codes/get?access_code_id={id}");
        Assert.AreEqual(200, found.Status, found.Text);
        return found.Json["access_code"]!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (Second != null)
        {
            await Second.DisposeAsync();
        }

        await Gateway.DisposeAsync();
        await Lock.DisposeAsync();
        if (_broker != null)
        {
            await _broker.DisposeAsync();
        }

        _place.Delete(recursive: true);
    }

    private Task<GatewayHost> StartGatewayAsync() => GatewayHost.StartAsync(
        new GatewaySettings
        {
            Data = Data,
            BrokerHost = "127.0.0.1",
            BrokerPort = BrokerPort,
            Port = (ushort)FreePort.Find(),
            IsQuiet = true,
        },
        folder => folder.AddDevice(DeviceId, "door", Lock.OfflineSecret), Time);
}
