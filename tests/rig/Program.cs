// The rig's command line: one virtual lock on this desk behind a gateway, the demo, a gateway by
// itself, credentials, provisioning, a fleet, hardware in the loop.

using System.CommandLine;
using Keyway.Tests.Rig;
using Keyway.Tests.Rig.Gateway;
using MQTTnet.Exceptions;

Option<Uri?> broker = new("--broker")
{
    Description = "A broker that runs already, mqtt://host[:port]. Without it the rig starts one "
        + "on 127.0.0.1.",
    HelpName = "mqtt://host:port",
    CustomParser = result =>
    {
        string given = result.Tokens[0].Value;
        if (Uri.TryCreate(given, UriKind.Absolute, out Uri? uri) && uri.Scheme == "mqtt"
            && uri.Host != "")
        {
            return uri;
        }

        result.AddError($"--broker: '{given}' is not of the form mqtt://host[:port].");
        return null;
    },
};
Option<ushort> port = new("--port")
{
    Description = "Where the rig's own broker listens; 0 takes a free one.",
    DefaultValueFactory = _ => 1883,
};
Option<ushort> httpPort = new("--http-port")
{
    Description = "Where the gateway listens, on 127.0.0.1; 0 takes a free one.",
    DefaultValueFactory = _ => GatewaySettings.DefaultPort,
};
Option<string> data = new("--data")
{
    Description = "The folder that keeps the lock and its codes.",
    DefaultValueFactory = _ => RigFolder.Default,
};

RootCommand root = new("Keyway's test rig: a broker, the HTTP API in front of it, one virtual "
    + "lock, its keypad in the terminal. Start it without options and follow what it prints.")
{
    broker, port, httpPort, data,
};
root.SetAction(async (parsed, cancel) =>
{
    try
    {
        await Desk.RunAsync(parsed.GetValue(broker), parsed.GetValue(port),
            parsed.GetValue(httpPort), parsed.GetRequiredValue(data), cancel);
        return 0;
    }
    catch (Exception failure) when (failure is IOException or UnauthorizedAccessException
        or MqttCommunicationException)
    {
        Console.Error.WriteLine($"rig: {failure.Message}");
        return 1;
    }
});

Command demo = new(
    "demo", "Creates a code, opens the door, cuts the power, opens it again; exits.");
demo.SetAction((_, _) => Demo.RunAsync());
root.Subcommands.Add(demo);
root.Subcommands.Add(ProvisionCommand.Build());
root.Subcommands.Add(FleetCommand.Build());
root.Subcommands.Add(HilCommand.Build());
root.Subcommands.Add(GatewayCommand.Build());
root.Subcommands.Add(CredentialCommand.Build());

return await root.Parse(args).InvokeAsync(new InvocationConfiguration
{
    // A gateway finishes what it is answering.
    ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
});
