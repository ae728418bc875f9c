using System.CommandLine;
using System.Net;
using System.Security.Cryptography;

namespace Keyway.Tests.Rig.Gateway;

/// <summary><c>rig gateway</c>: a gateway by itself, in front of a broker and the locks of a site.
/// </summary>
internal static class GatewayCommand
{
    private const int PlainPort = 1883;
    private const int TlsPort = 8883;

    private static readonly Option<string> Broker = new("--broker")
    {
        HelpName = "mqtt://host:port",
        Description = "The broker, mqtt://host[:port], or mqtts:// with the certificates of "
            + "--site. It may come later; the gateway keeps trying.",
        Required = true,
    };

    private static readonly Option<DirectoryInfo?> Site = new("--site")
    {
        Description = "The folder that `rig provision` made: its locks are served, and its "
            + "broker/gateway.crt is shown to an mqtts:// broker.",
    };

    private static readonly Option<string> User = new("--broker-user")
    {
        Description = "Which of the site's certificates it shows to an mqtts:// broker: "
            + string.Join(", ", BrokerFiles.Gateways) + ". Each gateway needs one of its own.",
        DefaultValueFactory = _ => BrokerFiles.Gateways[0],
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The folder with database and keys. Several gateways on one host may share "
            + "it.",
        DefaultValueFactory = _ => Path.Combine(RigFolder.Default, "gateway"),
    };

    private static readonly Option<ushort> Port = new("--http-port")
    {
        Description = "Where HTTP is served; 0 takes a free port.",
        DefaultValueFactory = _ => GatewaySettings.DefaultPort,
    };

    private static readonly Option<string> Listen = new("--http-listen")
    {
        Description = "The address on which it is served. Anything but loopback needs "
            + "--http-certificate, --http-key and --api-key-file.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<string?> Certificate = new("--http-certificate")
    {
        Description = "The certificate of HTTPS, a PEM file.",
    };

    private static readonly Option<string?> CertificateKey = new("--http-key")
    {
        Description = "Its key, a PEM file.",
    };

    private static readonly Option<string[]> Names = new("--http-host")
    {
        Description = "A name under which clients reach it; others are refused.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<FileInfo?> KeyFile = new("--api-key-file")
    {
        Description = "A file with an API key on its first line; without it a new folder gets "
            + "one, shown once.",
    };

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        Command command = new("gateway",
            "The HTTP API by itself, in front of a broker that runs and locks that are "
            + "provisioned. Logs go to the error output, one JSON object a line.")
        {
            Broker, User, Site, Data, Port, Listen, Certificate, CertificateKey, Names, KeyFile,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            int locks = 0;
            await using GatewayHost gateway = await GatewayHost.StartAsync(
                Settings(parsed), folder => locks = AddLocks(folder, parsed.GetValue(Site)));
            Console.WriteLine($"gateway {gateway.Url}, locks of --site: {locks}");
            if (gateway.Folder.NewApiKey is { } key)
            {
                Console.WriteLine($"API key {key} (shown this once)");
            }

            await Task.Delay(Timeout.Infinite, cancel)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException
            or UnauthorizedAccessException or CryptographicException)
        {
            Console.Error.WriteLine($"rig: {failure.Message}");
            return 1;
        }
    }

    private static int AddLocks(GatewayFolder folder, DirectoryInfo? site) =>
        site == null ? 0 : folder.AddSite(site.FullName);

    private static GatewaySettings Settings(ParseResult parsed)
    {
        string given = parsed.GetRequiredValue(Broker);
        if (!Uri.TryCreate(given, UriKind.Absolute, out Uri? broker) || broker.Host == ""
            || broker.Scheme is not ("mqtt" or "mqtts"))
        {
            throw new ArgumentException(
                $"--broker: '{given}' is not of the form mqtt://host[:port] or mqtts://…");
        }

        bool isTls = broker.Scheme == "mqtts";
        DirectoryInfo? site = parsed.GetValue(Site);

        if (isTls && site == null)
        {
            throw new ArgumentException(
                "--broker: mqtts:// needs --site, whose certificate the gateway shows");
        }

        return new GatewaySettings
        {
            Data = Path.GetFullPath(parsed.GetRequiredValue(Data)),
            BrokerHost = broker.DnsSafeHost,
            BrokerPort = broker.Port > 0 ? broker.Port : isTls ? TlsPort : PlainPort,
            BrokerTls = isTls ? Path.Combine(site!.FullName, "broker") : null,
            BrokerUser = parsed.GetRequiredValue(User),
            Listen = IPAddress.TryParse(parsed.GetRequiredValue(Listen), out IPAddress? address)
                ? address : throw new ArgumentException("--http-listen: is no IP address"),
            Port = parsed.GetValue(Port),
            Certificate = parsed.GetValue(Certificate),
            CertificateKey = parsed.GetValue(CertificateKey),
            HostNames = parsed.GetValue(Names) ?? [],
            ApiKey = parsed.GetValue(KeyFile) is { } file
                ? File.ReadLines(file.FullName).FirstOrDefault()?.Trim() : null,
        };
    }
}
