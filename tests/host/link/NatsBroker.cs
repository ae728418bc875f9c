using System.Diagnostics;
using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>The installed nats-server as an MQTT broker on 127.0.0.1, in a process of its own; what
/// it keeps ends with it. What a client has not acknowledged it sends again after 2 s, connected
/// anew or not; as installed after 30.</summary>
internal sealed class NatsBroker : IAsyncDisposable
{
    private const string Name = "nats-server";
    private const string Ready = "Server is ready";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-nats-");
    private readonly Process _process;
    private readonly TaskCompletionSource _ready =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NatsBroker(string program, int port, string tls)
    {
        string configuration = Path.Combine(_folder.FullName, "nats.conf");
        File.WriteAllText(configuration, $$"""
            server_name: keyway
            listen: "127.0.0.1:{{FreePort.Find()}}"
            jetstream { store_dir: "{{_folder.FullName}}" }
            mqtt { host: "127.0.0.1", port: {{port}}, ack_wait: "2s" {{tls}} }

            """);
        _process = Process.Start(new ProcessStartInfo(program, ["-c", configuration])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(Ready, StringComparison.Ordinal) == true)
            {
                _ready.TrySetResult();
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>True where it can be started.</summary>
    public static bool IsInstalled => Programs.Find(Name) != null;

    /// <summary>Starts it.</summary>
    /// <param name="port">Where it listens for MQTT.</param>
    /// <param name="shown">Its certificate; null: without TLS.</param>
    public static async Task<NatsBroker> StartAsync(int port, IssuedCertificate? shown = null)
    {
        string program = Programs.Find(Name) ?? throw new IOException($"{Name} is not installed");
        string tls = shown == null ? "" : $$"""
            , tls { cert_file: "{{shown.CertificateFile}}", key_file: "{{shown.KeyFile}}" }
            """;
        var broker = new NatsBroker(program, port, tls);
        await broker._ready.Task.WaitAsync(Patience);
        return broker;
    }

    /// <summary>Kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
