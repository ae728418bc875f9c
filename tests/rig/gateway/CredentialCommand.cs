using System.CommandLine;

namespace Keyway.Tests.Rig.Gateway;

/// <summary><c>rig credential</c>: makes one of the API's credentials and shows it once.</summary>
internal static class CredentialCommand
{
    private static readonly Option<CredentialKind> Kind = new("--kind")
    {
        Description = "ApiKey: a workspace. ClientSession: the devices of --device. AccessToken: "
            + "used with the header seam-workspace.",
        DefaultValueFactory = _ => CredentialKind.ApiKey,
    };

    private static readonly Option<string[]> Devices = new("--device")
    {
        Description = "A device of a client session; may be given again.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The folder of the rig, or of a gateway.",
        DefaultValueFactory = _ => RigFolder.Default,
    };

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        Command command = new("credential",
            "Makes an API key, a client session token or a personal access token; it is shown "
            + "once.")
        {
            Kind, Devices, Data,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        try
        {
            string data = Path.GetFullPath(parsed.GetRequiredValue(Data));
            string inside = Path.Combine(data, "gateway");
            GatewayFolder folder = GatewayFolder.Open(new GatewaySettings
            {
                Data = Directory.Exists(inside) ? inside : data,
                BrokerHost = "",
                BrokerPort = 0,
            }, TimeProvider.System);
            CredentialKind kind = parsed.GetValue(Kind);
            Console.WriteLine(kind == CredentialKind.ApiKey && folder.NewApiKey != null
                ? folder.NewApiKey
                : folder.MakeCredential(kind, parsed.GetValue(Devices) ?? []));
            Console.WriteLine($"workspace {folder.WorkspaceId}");
            return 0;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException
            or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"rig: {failure.Message}");
            return 1;
        }
    }
}
