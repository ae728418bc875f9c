using System.CommandLine;

namespace Keyway.Tests.Rig;

/// <summary><c>rig provision</c>: the options, and what is said afterwards.</summary>
internal static class ProvisionCommand
{
    private static readonly Option<string> Device = new("--device")
    {
        Description = "The lock's name for people, for instance front-door; its folder's too.",
        Required = true,
    };

    private static readonly Option<string> Site = new("--out")
    {
        Description = "The site's folder: its authority, its broker, its locks. Locks of one "
            + "site share it; keep it like a key.",
        Required = true,
    };

    private static readonly Option<string> Broker = new("--broker")
    {
        Description = "The broker's name or address as the lock reaches it, host[:port].",
        HelpName = "host[:port]",
        Required = true,
    };

    private static readonly Option<string> Ssid = new("--wifi-ssid")
    {
        Description = "The Wi-Fi network's name.",
        Required = true,
    };

    private static readonly Option<FileInfo?> Password = new("--wifi-password-file")
    {
        Description = "A file with the Wi-Fi pass phrase on its first line; without it the "
            + "network is open.",
    };

    private static readonly Option<string> Port = new("--serial-port")
    {
        Description = "Where the board is connected.",
        DefaultValueFactory = _ => "/dev/ttyUSB0",
    };

    private static readonly Option<bool> Master = new("--master-code")
    {
        Description = "Makes a master code, and with it programming mode at the keypad. It is "
            + "in keyway.json, nowhere else.",
    };

    private static readonly Option<bool> Assistant = new("--home-assistant")
    {
        Description = "The lock makes itself known to Home Assistant on this broker; its "
            + "certificate is home-assistant.crt in the folder broker.",
    };

    private static readonly Option<int> Capacity = new("--capacity")
    {
        Description = "Slots for access codes; 0: the firmware's own number.",
    };

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        Command command = new("provision",
            "Makes a lock's identity: secrets, certificate, the files to flash, the broker's "
            + "configuration.")
        {
            Device, Site, Broker, Ssid, Password, Port, Master, Assistant, Capacity,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        try
        {
            (string host, int port) = Address(parsed.GetRequiredValue(Broker));
            FileInfo? file = parsed.GetValue(Password);
            Tell(Provisioning.Run(new ProvisionOrder(parsed.GetRequiredValue(Device),
                parsed.GetRequiredValue(Site), parsed.GetRequiredValue(Ssid),
                file == null ? "" : File.ReadLines(file.FullName).FirstOrDefault() ?? "",
                host, port, parsed.GetRequiredValue(Port), parsed.GetValue(Master),
                parsed.GetValue(Assistant), parsed.GetValue(Capacity))));
            return 0;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException
            or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"rig: {failure.Message}");
            return 1;
        }
    }

    // A URI's authority: knows host, host:port and [IPv6]:port.
    private static (string Host, int Port) Address(string given) =>
        Uri.TryCreate($"mqtts://{given}", UriKind.Absolute, out Uri? uri) && uri.Host != ""
            && uri.AbsolutePath.Trim('/') == "" && uri.UserInfo == "" && uri.Query == ""
            ? (uri.DnsSafeHost, uri.Port < 0 ? Provisioning.DefaultPort : uri.Port)
            : throw new ArgumentException($"--broker: '{given}' is not of the form host[:port]");

    private static void Tell(string folder) => Console.WriteLine($"""
        {folder}
          keyway.json             the lock's file: id, secrets, network
          device.pem              its certificate and key for the broker
          server.json             what its server has to know: id and offline secret
          filedeployment.json     for nanoff: the lock's file
          networkdeployment.json  for nanoff: the certificate, where the runtime is to keep it

        In that folder, with the board connected and the image deployed:
          nanoff --filedeployment filedeployment.json
          nanoff --networkdeployment networkdeployment.json
        The broker, in {Path.GetFullPath(Path.Combine(folder, "..", "..", "broker"))}:
          mosquitto -c mosquitto.conf

        All of it is secret: 0600, and not in a repository.
        """);
}
