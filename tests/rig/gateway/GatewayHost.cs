// One gateway: puts the parts together and runs them. Desk, GatewayCommand and the tests start it.

using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using Prometheus;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>A gateway that runs until it is disposed.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);
    private readonly WebApplication _app;

    private GatewayHost(WebApplication app, GatewayFolder folder)
    {
        _app = app;
        Folder = folder;
    }

    /// <summary>Its folder: workspace, credentials, locks.</summary>
    public GatewayFolder Folder { get; }

    /// <summary>Where it is, for a client's <c>endpoint</c>.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What changes; for a console.</summary>
    public IRigFeed Feed => _app.Services.GetRequiredService<IRigFeed>();

    /// <summary>True while it has a broker.</summary>
    public bool IsConnected => _app.Services.GetRequiredService<LockLine>().IsConnected;

    /// <summary>True when its broker has shared subscriptions.</summary>
    public bool IsShared => _app.Services.GetRequiredService<LockLine>().IsShared;

    /// <summary>Starts one.</summary>
    /// <param name="settings">Where and with what.</param>
    /// <param name="prepare">Adds locks: before the broker tells of them.</param>
    /// <param name="time">Another clock, for tests.</param>
    /// <exception cref="IOException">The port is taken, or a file is damaged; the message says
    /// what to do.</exception>
    /// <exception cref="ArgumentException">The settings are not allowed.</exception>
    public static async Task<GatewayHost> StartAsync(
        GatewaySettings settings, Action<GatewayFolder> prepare, TimeProvider? time = null)
    {
        settings.Check();
        GatewayFolder folder = GatewayFolder.Open(settings, time ?? TimeProvider.System);
        prepare(folder);
        WebApplication app = Build(settings, folder, time ?? TimeProvider.System);
        var host = new GatewayHost(app, folder);
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken) when (taken.InnerException is not null)
        {
            await app.DisposeAsync();
            throw new IOException($"no HTTP on {settings.Listen}:{settings.Port}: the port is "
                + "taken; give another with --http-port, or 0 for a free one", taken);
        }

        host.Url = app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First();
        return host;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(StopPatience);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(
        GatewaySettings settings, GatewayFolder folder, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new()
        {
            ContentRootPath = settings.Data,
            ApplicationName = "rig",
        });
        Listen(builder, settings);
        Log(builder, settings);
        IServiceCollection parts = builder.Services;
        parts.AddSingleton(settings);
        parts.AddSingleton(time);
        parts.AddSingleton(folder.Database);
        parts.AddSingleton(folder.Vault);
        AddParts(parts);
        parts.AddRouting();
        parts.AddHostFiltering(options => options.AllowedHosts = settings.AllowedHosts());
        parts.AddAuthentication(SeamAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, SeamAuthentication>(
                SeamAuthentication.Name, null);
        parts.AddAuthorization();

        // Authentication brings a data protection of its own: it shall not look elsewhere.
        folder.Protect(parts.AddDataProtection());
        parts.AddOpenApi(OpenApiText.Configure);
        parts.AddHealthChecks()
            .AddCheck<DatabaseHealth>("database").AddCheck<BrokerHealth>("broker");
        WebApplication app = builder.Build();
        Map(app);
        return app;
    }

    private static void AddParts(IServiceCollection parts)
    {
        parts.AddSingleton<CollectorRegistry>(_ => Metrics.NewCustomRegistry());
        parts.AddSingleton<GatewayMetrics>();
        parts.AddSingleton<CodeView>();
        parts.AddSingleton<OfflineCreate>();
        parts.AddSingleton<CodeCreate>();
        parts.AddSingleton<CodeEdit>();
        parts.AddSingleton<Queries>();
        parts.AddSingleton<ApiRoutes>();
        parts.AddSingleton<RepeatedRequests>();
        parts.AddSingleton<Api>();
        parts.AddSingleton<LockAnswers>();
        parts.AddSingleton<LockReports>();
        parts.AddSingleton<Inbox>();
        parts.AddSingleton<IRigFeed, RigFeed>();
        parts.AddSingleton<LockLine>();
        parts.AddSingleton<Courier>();
        parts.AddHostedService(all => all.GetRequiredService<LockLine>());
        parts.AddHostedService(all => all.GetRequiredService<Courier>());

        // The rig's command line sees to Ctrl+C.
        parts.Replace(ServiceDescriptor.Singleton<IHostLifetime, QuietLifetime>());
    }

    private static void Listen(WebApplicationBuilder builder, GatewaySettings settings)
    {
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Api.BodyMaxBytes;
            kestrel.Listen(settings.Listen, settings.Port, endpoint =>
            {
                if (settings.Certificate != null)
                {
                    endpoint.UseHttps(X509Certificate2.CreateFromPemFile(
                        settings.Certificate, settings.CertificateKey));
                }
            });
        });
    }

    // One JSON object a line, on the error output: the terminal is the keypad.
    private static void Log(WebApplicationBuilder builder, GatewaySettings settings)
    {
        builder.Logging.AddJsonConsole(options => options.IncludeScopes = true);
        builder.Logging.SetMinimumLevel(
            settings.IsQuiet ? LogLevel.Warning : LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // It warns that the key ring is not encrypted: its folder is 0700 instead.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<ConsoleLoggerOptions>(
            options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void Map(WebApplication app)
    {
        CollectorRegistry registry = app.Services.GetRequiredService<CollectorRegistry>();
        app.UseHostFiltering();
        app.UseHttpMetrics(options => options.ConfigureMeasurements(
            measured => measured.Registry = registry));
        app.UseMiddleware<ApiGate>();
        app.UseRouting();

        app.Services.GetRequiredService<GatewaySettings>().Console?.Map(app);
        Api api = app.Services.GetRequiredService<Api>();
        foreach (ApiRoute route in app.Services.GetRequiredService<ApiRoutes>().All)
        {
            app.MapMethods(route.Path, route.Methods,
                    (Delegate)((HttpContext http) => api.RunAsync(http, route)))
                .WithMetadata(route);
        }

        app.MapOpenApi("/openapi.json");
        app.MapMetrics("/metrics", registry);
        app.MapHealthChecks("/health/live",
            new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
    }
}
