// What the page shows, as server-sent events: `lock` pins, door, power, clock; `sectors` the flash;
// `codes` the access codes without digits; `change` what IRigFeed tells, with its sequence as id,
// so that a browser that connects again goes on where it was.

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Rig;

/// <summary>Writes the console's streams.</summary>
internal sealed class ConsoleStream
{
    /// <summary>How the console's JSON looks.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private const int StreamsMax = 16;
    private const int Waiting = 256;
    private const int ChangesShown = 60;
    private const int LooksPerSlowLook = 10;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    private readonly VirtualLock _lock;
    private readonly string _deviceId;
    private readonly GatewayDatabase _database;
    private readonly CodeView _view;
    private readonly IRigFeed _feed;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private int _streams;

    public ConsoleStream(VirtualLock door, string deviceId, IServiceProvider parts)
    {
        _lock = door;
        _deviceId = deviceId;
        _database = parts.GetRequiredService<GatewayDatabase>();
        _view = parts.GetRequiredService<CodeView>();
        _feed = parts.GetRequiredService<IRigFeed>();
        _time = parts.GetRequiredService<TimeProvider>();
        _stopping = parts.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    }

    /// <summary>Writes until the browser goes, or the gateway stops.</summary>
    public async Task WriteAsync(HttpContext http)
    {
        if (Interlocked.Increment(ref _streams) > StreamsMax)
        {
            Interlocked.Decrement(ref _streams);
            throw ApiFailure.TooMany(1);
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, _stopping);
        var events = Channel.CreateBounded<string>(Waiting);
        Task[] sources =
        [
            LookAsync(events.Writer, end.Token),
            FollowAsync(events.Writer, After(http), end.Token),
        ];
        try
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await foreach (string text in events.Reader.ReadAllAsync(end.Token))
            {
                await http.Response.WriteAsync(text, end.Token);
                await http.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // That is how a stream ends.
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(sources).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Decrement(ref _streams);
        }
    }

    private async Task LookAsync(ChannelWriter<string> events, CancellationToken cancel)
    {
        try
        {
            string look = "";
            string sectors = "";
            string codes = "";
            for (int i = 0; ; i++)
            {
                look = await TellAsync(events, "lock", look,
                    JsonSerializer.Serialize(await _lock.LookAsync().WaitAsync(cancel), Json),
                    cancel);
                if (i % LooksPerSlowLook == 0)
                {
                    sectors = await TellAsync(events, "sectors", sectors,
                        JsonSerializer.Serialize(
                            await _lock.SectorsAsync().WaitAsync(cancel), Json), cancel);
                    codes = await TellAsync(
                        events, "codes", codes, _database.Read(Codes), cancel);
                }

                await Task.Delay(LookInterval, cancel);
            }
        }
        catch (Exception trouble)
        {
            // The reader ends too, and the browser connects again.
            events.TryComplete(trouble);
        }
    }

    private async Task FollowAsync(
        ChannelWriter<string> events, long after, CancellationToken cancel)
    {
        await foreach (RigChange change in _feed.ReadAsync(after, cancel))
        {
            if (change.DeviceId == _deviceId)
            {
                await events.WriteAsync(
                    $"id: {change.Sequence}\nevent: change\n"
                    + $"data: {{\"kind\":\"{change.Kind}\",\"body\":{change.Json}}}\n\n", cancel);
            }
        }
    }

    private static async Task<string> TellAsync(ChannelWriter<string> events, string name,
        string before, string now, CancellationToken cancel)
    {
        if (now != before)
        {
            await events.WriteAsync($"event: {name}\ndata: {now}\n\n", cancel);
        }

        return now;
    }

    private long After(HttpContext http) =>
        long.TryParse(http.Request.Headers["Last-Event-ID"].ToString(), out long seen) && seen >= 0
            ? seen
            : Math.Max(0, _database.Read(db =>
                db.Number("SELECT coalesce(max(sequence), 0) FROM changes")) - ChangesShown);

    // What is under way may hold digits: only what the page shows is taken over.
    private string Codes(Microsoft.Data.Sqlite.SqliteConnection db)
    {
        string workspace = Device.Find(db, _deviceId)?.WorkspaceId ?? "";
        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var codes = new JsonArray();
        foreach (Code code in Code.OfWorkspace(db, workspace)
            .Where(any => any.DeviceId == _deviceId))
        {
            JsonObject all = _view.Of(db, code, now, hasDigits: false);
            var shown = new JsonObject();
            foreach (string member in (string[])["access_code_id", "name", "type", "status",
                "starts_at", "ends_at", "is_one_time_use", "is_offline_access_code"])
            {
                shown[member] = all[member]?.DeepClone();
            }

            shown["problem"] = (all["errors"]!.AsArray().FirstOrDefault()
                ?? all["warnings"]!.AsArray().FirstOrDefault())?["message"]?.DeepClone();
            codes.Add(shown);
        }

        return codes.ToJsonString();
    }
}
