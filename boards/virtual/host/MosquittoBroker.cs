using System.Collections.Concurrent;
using System.Diagnostics;

namespace Keyway.Boards.Virtual.Host;

/// <summary>The installed mosquitto on 127.0.0.1, in a process of its own that ends with this.
/// </summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    /// <summary>As it is provisioned, but without users.</summary>
    public const string Open = """
        allow_anonymous true
        max_packet_size 4096
        set_tcp_nodelay true
        """;

    private const string Name = "mosquitto";
    private const string Running = " running";
    private const int PatienceMs = 10_000;
    private const int PollMs = 5;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-mosquitto-");
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private MosquittoBroker(string program, int port, string settings)
    {
        Port = port;
        string configuration = Path.Combine(_folder.FullName, "mosquitto.conf");
        File.WriteAllText(configuration, $"""
            listener {port} 127.0.0.1
            user {Environment.UserName}
            persistence false
            log_dest stderr
            {settings}

            """);
        _process = Process.Start(new ProcessStartInfo(program, ["-c", configuration])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
    }

    /// <summary>True where it can be started.</summary>
    public static bool IsInstalled => Programs.Find(Name) != null;

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>What it has logged so far.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>What its process holds in memory, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts it and waits until all its listeners accept connections.</summary>
    /// <param name="port">1 to 65535; 0: any free one.</param>
    /// <param name="settings">Lines of its configuration behind the listener's; where they choose
    /// what is logged, information is among it.</param>
    /// <exception cref="IOException">It is not installed, or does not start; the message has its
    /// log.</exception>
    public static async Task<MosquittoBroker> StartAsync(int port = 0, string settings = Open)
    {
        string program = Programs.Find(Name) ?? throw new IOException($"{Name} is not installed");
        var broker = new MosquittoBroker(program, port == 0 ? FreePort.Find() : port, settings);
        long start = Stopwatch.GetTimestamp();
        while (!broker.Log.Contains(Running, StringComparison.Ordinal))
        {
            if (broker._process.HasExited
                || Stopwatch.GetElapsedTime(start).TotalMilliseconds > PatienceMs)
            {
                await broker.DisposeAsync();
                throw new IOException($"{Name} does not start: {broker.Log}");
            }

            await Task.Delay(PollMs);
        }

        return broker;
    }

    /// <summary>Kills it with SIGKILL; its sessions and messages are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
