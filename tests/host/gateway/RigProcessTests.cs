using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Keyway.Boards.Virtual.Host;

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

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task A_gateway_by_itself_serves_a_site_and_logs_no_digits()
    {
        await using EmbeddedBroker broker = await EmbeddedBroker.StartAsync();
        await using LockUnderTest tested = await LockUnderTest.StartAsync(broker.Port);
        string site = Directory.CreateDirectory(
            Path.Combine(_place.FullName, "site", "devices", "door")).FullName;
        await File.WriteAllTextAsync(Path.Combine(site, "server.json"), JsonSerializer.Serialize(
            new
            {
                device_id = tested.DeviceId,
                name = "door",
                offline_secret = tested.OfflineSecret,
            }));
        string key = "seam_1_" + new string('7', 64);
        string keyFile = Path.Combine(_place.FullName, "key");
        await File.WriteAllTextAsync(keyFile, key + "\n");

        (string output, _, string log) = await RunAsync(
            [
                "gateway", "--broker", $"mqtt://127.0.0.1:{broker.Port}", "--http-port", "0",
                "--site", Path.Combine(_place.FullName, "site"), "--api-key-file", keyFile,
                "--data", Path.Combine(_place.FullName, "data"),
            ], "locks of --site: 1", async (text, _) =>
            {
                using var http = new HttpClient();
                http.DefaultRequestHeaders.Authorization = new("Bearer", key);
                foreach (string code in (string[])["730164", "730164", "73016x"])
                {
                    await http.PostAsJsonAsync(
                        Url().Match(text).Groups[1].Value + "/access_codes/create",
                        new { device_id = tested.DeviceId, code });
                }

                await tested.EnterAsync("730164", "lock.unlocked");
            });

        Assert.DoesNotContain(key, output);
        Assert.DoesNotContain("73016", log);
        Assert.DoesNotContain(key, log);
        Assert.Contains("Create", log);
        foreach (string line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            JsonDocument.Parse(line).Dispose();
        }
    }

    private async Task<(string Output, string Key)> RunAsync(Func<string, string, Task> play)
    {
        (string output, string key, string errors) = await RunAsync(
            ["--port", "0", "--http-port", "0", "--data", _place.FullName], "\"online\":true",
            play);
        Assert.AreEqual("", errors);
        return (output, key);
    }

    private static async Task<(string Output, string Key, string Errors)> RunAsync(
        string[] arguments, string isUp, Func<string, string, Task> play)
    {
        using Process rig = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(Rig.Desk).Assembly.Location, .. arguments])
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
        try
        {
            await Eventually.IsTrueAsync(
                () => Read(output).Contains(isUp, StringComparison.Ordinal)
                    || rig.HasExited, "the rig is up");
            string text = Read(output);
            string key = Key().Match(text).Groups[1].Value;
            await play(text, key);
            Process.Start("kill", ["-INT", $"{rig.Id}"]).WaitForExit();
            using var patience = new CancellationTokenSource(Patience);
            await rig.WaitForExitAsync(patience.Token);
            Assert.AreEqual(0, rig.ExitCode, Read(output) + await errors);
            return (Read(output), key, await errors);
        }
        finally
        {
            rig.Kill();
        }
    }

    private static string Read(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }

    [GeneratedRegex(@"gateway (http://[^\s,]+)")]
    private static partial Regex Url();

    [GeneratedRegex(@"API key (seam_\S+)")]
    private static partial Regex Key();

    [GeneratedRegex(@"-d '(.*)'")]
    private static partial Regex Example();
}
