using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Keyway.Tests.Rig;

/// <summary>The installed mosquitto on 127.0.0.1, with a configuration of its own, in a process
/// that ends with this.</summary>
internal sealed class LocalMosquitto : IAsyncDisposable
{
    private const int StartTimeoutMs = 10_000;
    private const int PollMs = 10;
    private const int LogLinesMax = 20;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-broker-");
    private readonly Process _process;
    private readonly Queue<string> _log = new();

    private LocalMosquitto(string program, int port, string more)
    {
        Port = port;
        string configuration = Path.Combine(_folder.FullName, "mosquitto.conf");
        File.WriteAllText(configuration, $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            max_packet_size {BrokerFiles.PacketMaxBytes}
            persistence false
            set_tcp_nodelay true
            log_dest stderr
            log_type error
            log_type warning
            {more}

            """);
        _process = Process.Start(new ProcessStartInfo(program, ["-c", configuration])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Its memory now, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Where it is installed; null when it is not.</summary>
    /// <remarks>Debian keeps servers in /usr/sbin, which a user's PATH need not have.</remarks>
    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, "mosquitto"))
            .FirstOrDefault(File.Exists);

    /// <summary>Starts it and waits until it accepts connections.</summary>
    /// <param name="port">1 to 65535; 0: any free one.</param>
    /// <param name="more">More lines of its configuration.</param>
    /// <exception cref="IOException">It is not installed, or does not start; the message has what
    /// it said.</exception>
    public static async Task<LocalMosquitto> StartAsync(int port = 0, string more = "")
    {
        string program = Find() ?? throw new IOException("mosquitto is not installed");
        var broker = new LocalMosquitto(program, port == 0 ? FindFreePort() : port, more);
        long start = Environment.TickCount64;
        while (!broker.Accepts())
        {
            if (broker._process.HasExited || Environment.TickCount64 - start > StartTimeoutMs)
            {
                string said = broker.Said();
                await broker.DisposeAsync();
                throw new IOException($"mosquitto does not start: {said}");
            }

            await Task.Delay(PollMs);
        }

        return broker;
    }

    /// <summary>Kills it; its sessions and messages are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private bool Accepts()
    {
        if (_process.HasExited)
        {
            return false;
        }

        using var probe = new TcpClient();
        try
        {
            probe.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            if (line != null && _log.Count < LogLinesMax)
            {
                _log.Enqueue(line);
            }
        }
    }

    private string Said()
    {
        lock (_log)
        {
            return string.Join("; ", _log);
        }
    }
}
