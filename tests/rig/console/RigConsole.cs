// The console's routes: a page, what it shows, what its buttons do. GatewayHost maps them on its
// own web host, behind the same gate; they act on the desk's virtual lock.

using System.Text.Json;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Rig;

/// <summary>One page that shows one virtual lock, and lets it be used and disturbed.</summary>
internal sealed class RigConsole
{
    private const int KeysMax = 20;

    // A finger's time: on a busy machine the lock's thread may sleep through a shorter one.
    private const int KeyPressMs = 120;
    private const long StepMaxSeconds = 366 * 86400L;
    private readonly VirtualLock _lock;
    private readonly string _deviceId;
    private readonly string _name;
    private readonly SemaphoreSlim _power = new(1);

    /// <summary>Makes it; nothing is served before <see cref="Map"/>.</summary>
    /// <param name="door">The lock.</param>
    /// <param name="deviceId">Its id.</param>
    /// <param name="name">Its name, for people.</param>
    public RigConsole(VirtualLock door, string deviceId, string name)
    {
        _lock = door;
        _deviceId = deviceId;
        _name = name;
        Access = new ConsoleAccess(deviceId);
    }

    /// <summary>Who may use it.</summary>
    public ConsoleAccess Access { get; }

    /// <summary>Adds the routes.</summary>
    public void Map(WebApplication app)
    {
        app.MapGet("/", (Delegate)Open).ExcludeFromDescription();
        app.MapGet("/console/{file}", (HttpContext http, string file) =>
            ConsoleFiles.WritePartAsync(http, file)).ExcludeFromDescription();
        var stream = new ConsoleStream(_lock, _deviceId, app.Services);
        app.MapGet("/console/state", (HttpContext http) =>
        {
            Judge(http);
            return stream.WriteAsync(http);
        }).ExcludeFromDescription();
        app.MapGet("/console/lock", (HttpContext http) =>
        {
            Judge(http);
            return ApiGate.WriteAsync(http, StatusCodes.Status200OK,
                JsonSerializer.Serialize(new { device_id = _deviceId, name = _name }));
        }).ExcludeFromDescription();
        MapOrder<KeysOrder>(app, "keys", PressAsync);
        MapOrder<SwitchOrder>(app, "power", SwitchPowerAsync);
        MapOrder<SwitchOrder>(app, "network", order => _lock.SetNetworkAsync(order.On));
        MapOrder<ClockOrder>(app, "clock", StepClockAsync);
        MapOrder<DoorOrder>(app, "door", order =>
        {
            _lock.SetDoor(order.Open);
            return Task.CompletedTask;
        });
    }

    private Task Open(HttpContext http)
    {
        string token = http.Request.Query["token"].ToString();
        if (token != "" && Access.TryOpen(http, token))
        {
            // The token leaves the address bar, and a reload does not need it.
            http.Response.Redirect("/");
            return Task.CompletedTask;
        }

        return Access.IsOpen(http)
            ? ConsoleFiles.WriteAsync(http, ConsoleFiles.Page, StatusCodes.Status200OK)
            : ConsoleFiles.WriteAsync(http, ConsoleFiles.Closed, StatusCodes.Status401Unauthorized);
    }

    private void Judge(HttpContext http)
    {
        if (!Access.IsOpen(http))
        {
            throw ApiFailure.Unauthorized("Open the link that the rig has printed");
        }
    }

    private void MapOrder<T>(WebApplication app, string name, Func<T, Task> run)
        where T : class =>
        app.MapPost("/console/" + name, async (HttpContext http) =>
        {
            Judge(http);
            await run(await ReadAsync<T>(http));
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }).ExcludeFromDescription();

    // A message of the JSON reader may quote what was sent, and so digits.
    private static async Task<T> ReadAsync<T>(HttpContext http)
        where T : class
    {
        try
        {
            return (http.Request.HasJsonContentType()
                ? await http.Request.ReadFromJsonAsync<T>(ConsoleStream.Json, http.RequestAborted)
                : null) ?? throw ApiFailure.Invalid("The body must be a JSON object");
        }
        catch (JsonException)
        {
            throw ApiFailure.Invalid("The body is not what this route takes");
        }
    }

    private Task PressAsync(KeysOrder order)
    {
        if (order.Keys.Length is 0 or > KeysMax
            || order.Keys.Any(key => !char.IsAsciiDigit(key) && key is not ('*' or '#')))
        {
            throw ApiFailure.Invalid($"keys: 1 to {KeysMax} of 0 to 9, * and #");
        }

        _lock.Type(order.Keys, KeyPressMs);
        return Task.CompletedTask;
    }

    private async Task SwitchPowerAsync(SwitchOrder order)
    {
        await _power.WaitAsync();
        try
        {
            bool isOn = (await _lock.LookAsync()).IsPowered;
            if (isOn && !order.On)
            {
                await _lock.CutPowerAsync();
            }
            else if (!isOn && order.On)
            {
                await _lock.RestorePowerAsync();
            }
        }
        finally
        {
            _power.Release();
        }
    }

    private async Task StepClockAsync(ClockOrder order)
    {
        LockLook look = await _lock.LookAsync();
        long step = order.Seconds ?? -look.ClockOffsetSeconds;
        if (step is < -2 * StepMaxSeconds or > 2 * StepMaxSeconds
            || Math.Abs(look.ClockOffsetSeconds + step) > StepMaxSeconds)
        {
            throw ApiFailure.Invalid("seconds: the clock may be a year off at most");
        }

        await _lock.StepClockAsync(step);
    }

    private sealed record KeysOrder(string Keys);

    private sealed record SwitchOrder(bool On);

    private sealed record DoorOrder(bool Open);

    /// <summary>Without seconds the clock goes back to the system's time.</summary>
    private sealed record ClockOrder(long? Seconds = null);
}
