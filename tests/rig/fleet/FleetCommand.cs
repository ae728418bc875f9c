using System.CommandLine;
using MQTTnet.Exceptions;

namespace Keyway.Tests.Rig;

/// <summary><c>rig fleet</c>: the options, the run, the report.</summary>
internal static class FleetCommand
{
    private static readonly Option<int> Locks = new("--locks")
    {
        Description = "How many locks.",
        DefaultValueFactory = _ => 2000,
    };

    private static readonly Option<int> Commands = new("--commands")
    {
        Description = "How many commands in all.",
        DefaultValueFactory = _ => 20_000,
    };

    private static readonly Option<int> InFlight = new("--in-flight")
    {
        Description = "Commands under way at most; a lock has one at a time.",
        DefaultValueFactory = _ => new FleetPlan(1, 1).InFlight,
    };

    private static readonly Option<BrokerAddress?> Broker = Address("--broker",
        "A broker that runs already. Without it Mosquitto is started, or where it is not installed "
        + "the embedded broker.");

    private static readonly Option<BrokerAddress?> Sender = Address("--sender-broker",
        "Where commands are sent, when that is another broker, bridged with the locks'.");

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        Command command = new("fleet",
            "Many locks in this process against one broker, and as many clients that only echo: "
            + "throughput, latency, losses, memory.")
        {
            Locks, Commands, InFlight, Broker, Sender,
        };
        foreach (Option<int> option in (Option<int>[])[Locks, Commands, InFlight])
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1)
                {
                    result.AddError($"{option.Name}: must be 1 or more.");
                }
            });
        }

        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            var plan = new FleetPlan(
                parsed.GetRequiredValue(Locks), parsed.GetRequiredValue(Commands))
            {
                InFlight = parsed.GetRequiredValue(InFlight),
                Broker = parsed.GetValue(Broker),
                Sender = parsed.GetValue(Sender),
            };
            await using FleetBroker broker = await FleetBroker.StartAsync(plan.Broker);
            Console.WriteLine($"broker {broker.Address} ({broker.Name})");
            FleetResult result = await Fleet.RunAsync(plan, broker,
                new FleetProgress(Console.Out, !Console.IsOutputRedirected), cancel);
            FleetReport.Write(Console.Out, plan, result);
            return result.IsSound ? 0 : 1;
        }
        catch (Exception failure) when (failure is IOException or MqttCommunicationException
            or OperationCanceledException)
        {
            Console.Error.WriteLine($"rig: {failure.Message}");
            return 1;
        }
    }

    private static Option<BrokerAddress?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "mqtt://host:port",
        CustomParser = result =>
        {
            string given = result.Tokens[0].Value;
            BrokerAddress? address = BrokerAddress.Read(given);
            if (address == null)
            {
                result.AddError($"{name}: '{given}' is not of the form mqtt://host[:port].");
            }

            return address;
        },
    };
}
