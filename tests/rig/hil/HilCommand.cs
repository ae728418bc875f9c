using System.CommandLine;

namespace Keyway.Tests.Rig;

/// <summary><c>rig hil</c>: the options.</summary>
internal static class HilCommand
{
    private static readonly Argument<string> Scenarios = new("scenarios")
    {
        Description = "A scenario file, or a folder of them (.yaml).",
    };

    private static readonly Option<string> Lock = new("--lock")
    {
        Description = "'virtual', or the id of a flashed lock.",
        HelpName = "virtual|device id",
        DefaultValueFactory = _ => HilOrder.Virtual,
    };

    private static readonly Option<string> Keypad = new("--keypad")
    {
        Description = "'virtual', or the port of the stimulator.",
        HelpName = "virtual|serial:/dev/...",
        DefaultValueFactory = _ => HilOrder.Virtual,
    };

    private static readonly Option<Uri?> Broker = new("--broker")
    {
        Description = "The flashed lock's broker, mqtt://host[:port] or mqtts://host[:port].",
        HelpName = "mqtts://host:port",
    };

    private static readonly Option<string?> Site = new("--site")
    {
        Description = "The folder that provision made, for mqtts. The rig is the site's gateway "
            + "then, so that must not run.",
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "A folder for the results: junit.xml and index.html.",
    };

    /// <summary>Builds the command.</summary>
    public static Command Build()
    {
        Command command = new("hil",
            "Plays scenarios on the virtual lock, or on a flashed one with a stimulator at its "
            + "keypad.")
        {
            Scenarios, Lock, Keypad, Broker, Site, Report,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        try
        {
            IReadOnlyList<ScenarioResult> results = await Hil.RunAsync(new HilOrder(
                parsed.GetRequiredValue(Scenarios), parsed.GetRequiredValue(Lock),
                parsed.GetRequiredValue(Keypad), parsed.GetValue(Broker), parsed.GetValue(Site),
                parsed.GetValue(Report)), Console.WriteLine, cancel);
            return results.All(result => result.IsPassed) ? 0 : 1;
        }
        catch (Exception failure) when (failure is ScenarioException or IOException
            or ArgumentException or UnauthorizedAccessException
            or System.Security.Cryptography.CryptographicException)
        {
            Console.Error.WriteLine(
                failure is ScenarioException ? failure.Message : $"rig: {failure.Message}");
            return 1;
        }
    }
}
