using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Keyway.Tests.Host;

/// <summary>The rig as somebody starts it.</summary>
[TestClass]
public sealed partial class RigProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("keyway-rig-");

    [TestCleanup]
    public void Remove() => _place.Delete(recursive: true);

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task It_shows_a_key_once_and_its_example_works_and_interrupt_ends_it()
    {
        (string first, string key) = await RunAsync(async (output, key) =>
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);
            string url = Url().Match(output).Groups[1].Value;
            using HttpResponseMessage made = await http.PostAsync(url + "/access_codes/create",
                new StringContent(Example().Match(output).Groups[1].Value, Encoding.UTF8,
                    "application/json"));
            Assert.IsTrue(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        });
        (string second, _) = await RunAsync((_, _) => Task.CompletedTask);

        Assert.HasCount(1, Regex.Matches(first, key));
        Assert.DoesNotContain(key, second);
        Assert.DoesNotContain("shown this once", second);
    }

    private async Task<(string Output, string Key)> RunAsync(Func<string, string, Task> play)
    {
        using Process rig = Process.Start(new ProcessStartInfo("dotnet",
            [
                typeof(Rig.Desk).Assembly.Location, "--port", "0", "--http-port", "0", "--data",
                _place.FullName,
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = new StringBuilder();
        rig.OutputDataReceived += (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        };
        Task<string> errors = rig.StandardError.ReadToEndAsync();
        rig.BeginOutputReadLine();
        await Eventually.IsTrueAsync(
            () => Read(output).Contains("\"online\":true", StringComparison.Ordinal)
                || rig.HasExited, "the rig is up");
        string text = Read(output);
        string key = Key().Match(text).Groups[1].Value;
        await play(text, key);
        Process.Start("kill", ["-INT", $"{rig.Id}"]).WaitForExit();
        using var patience = new CancellationTokenSource(Patience);
        await rig.WaitForExitAsync(patience.Token);
        Assert.AreEqual((0, ""), (rig.ExitCode, await errors), Read(output));
        return (Read(output), key);
    }

    private static string Read(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    [GeneratedRegex(@"gateway (http://\S+)")]
    private static partial Regex Url();

    [GeneratedRegex(@"API key (seam_\S+)")]
    private static partial Regex Key();

    [GeneratedRegex(@"-d '(.*)'")]
    private static partial Regex Example();
}
