// What `rig hil` does: reads every scenario, then plays them, then writes the results.

using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml;
using MQTTnet;

namespace Keyway.Tests.Rig;

/// <summary>Plays scenarios on a lock.</summary>
internal static class Hil
{
    /// <summary>Runs.</summary>
    /// <param name="order">What was asked.</param>
    /// <param name="say">Takes a line for the console.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The results, in order.</returns>
    /// <exception cref="ArgumentException">The order makes no sense.</exception>
    /// <exception cref="ScenarioException">A file has a mistake; nothing was done to a lock.
    /// </exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static async Task<IReadOnlyList<ScenarioResult>> RunAsync(
        HilOrder order, Action<string> say, CancellationToken cancel)
    {
        order.Check();
        IReadOnlyList<Scenario> scenarios = ScenarioReader.ReadAll(order.Scenarios);
        MqttClientTlsOptions? tls = order.Site == null ? null : Tls(order.Site);
        DateTimeOffset startedAt = DateTimeOffset.UtcNow;
        var results = new List<ScenarioResult>();
        foreach (Scenario scenario in scenarios)
        {
            ScenarioResult result = await ScenarioRun.PlayAsync(scenario,
                soon => order.IsVirtual
                    ? VirtualBench.OpenAsync(soon)
                    : WiredBench.OpenAsync(
                        order.Lock, order.Broker!, tls, order.SerialPort!, soon),
                cancel);
            results.Add(result);
            say($"{(result.IsPassed ? "ok  " : "FAIL")} {scenario.Name}: {scenario.Title}");
            if (!result.IsPassed)
            {
                say($"     {result.Problem}");
            }
        }

        if (order.Report != null)
        {
            say($"results in {Write(order.Report, results, startedAt)}");
        }

        int passed = results.Count(result => result.IsPassed);
        say($"{passed} passed, {results.Count - passed} failed");
        return results;
    }

    private static string Write(
        string folder, IReadOnlyList<ScenarioResult> results, DateTimeOffset startedAt)
    {
        Directory.CreateDirectory(folder);
        string junit = Path.Combine(folder, "junit.xml");
        string page = Path.Combine(folder, "index.html");
        using (var writer = XmlWriter.Create(junit, new XmlWriterSettings
        {
            Indent = true,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        }))
        {
            JUnitReport.Write(results, startedAt).Save(writer);
        }

        File.WriteAllText(page, HtmlReport.Write(results, startedAt));
        return $"{junit} and {page}";
    }

    /// <summary>What connects to a site's broker, with the gateway's certificate: nobody else may
    /// write commands.</summary>
    /// <param name="site">The folder that provisioning made.</param>
    public static MqttClientTlsOptions Tls(string site)
    {
        string broker = Path.Combine(site, "broker");
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(Path.Combine(broker, "ca.crt"));
        X509Certificate2 own = X509Certificate2.CreateFromPemFile(
            Path.Combine(broker, $"{BrokerFiles.Gateways[^1]}.crt"),
            Path.Combine(broker, $"{BrokerFiles.Gateways[^1]}.key"));
        return new MqttClientTlsOptionsBuilder()
            .UseTls()
            .WithTrustChain(trusted)
            .WithClientCertificates(new X509Certificate2Collection(own))
            .Build();
    }
}
