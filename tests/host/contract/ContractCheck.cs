using System.Diagnostics;
using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>Runs check.js, which knows AsyncAPI and JSON Schema.</summary>
internal static class ContractCheck
{
    private static readonly string Folder =
        Path.Combine(SourceTree.Root, "tests", "host", "contract");

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Where npm puts what check.js imports.</summary>
    public static string Packages { get; } = Path.Combine(Folder, "node_modules");

    /// <summary>Checks the document, and payloads against it.</summary>
    /// <param name="payloads">Written to a file that is gone afterwards.</param>
    /// <returns>What was printed.</returns>
    public static async Task<string> RunAsync(SeenPayloads payloads)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, payloads.ToText());
            return await RunAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> RunAsync(string payloads)
    {
        string node = Programs.Find("node")
            ?? throw new InvalidOperationException("node is not installed");
        string[] arguments =
            [Path.Combine(Folder, "check.js"), ContractFiles.DocumentPath, payloads];
        using var process = Process.Start(new ProcessStartInfo(node, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        Task<string> errors = process.StandardError.ReadToEndAsync(patience.Token);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.AreEqual(0, process.ExitCode, $"\n{output}{await errors}");
        return output;
    }
}
