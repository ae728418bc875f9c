using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Keyway.Tests.Host;

/// <summary>Debian's mosquitto on 127.0.0.1, in a process of its own that ends with this.</summary>
internal sealed class MosquittoBroker : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-mosquitto-");
    private readonly Process _process;
    private readonly ConcurrentQueue<string?> _log = new();
    private readonly int _port;

    private MosquittoBroker(string program, int port)
    {
        _port = port;
        string configuration = Path.Combine(_folder.FullName, "mosquitto.conf");
        File.WriteAllText(configuration, Configuration());
        _process = Process.Start(new ProcessStartInfo(program, ["-c", configuration])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => _log.Enqueue(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts it and waits until it accepts connections.</summary>
    public static async Task<MosquittoBroker> StartAsync(int port)
    {
        string program = Programs.Find("mosquitto")
            ?? throw new InvalidOperationException("mosquitto is not installed");
        var broker = new MosquittoBroker(program, port);
        try
        {
            await Eventually.IsTrueAsync(broker.AcceptsOrHasEnded, "mosquitto accepts");
            Assert.IsFalse(broker._process.HasExited, "mosquitto runs on");
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            Console.Error.WriteLine(string.Join('\n', broker._log));
            throw;
        }
    }

    /// <summary>Kills it; its sessions and messages are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Configuration() => $"""
        listener {_port} 127.0.0.1
        allow_anonymous true
        max_packet_size 4096
        persistence false
        log_dest stderr

        """;

    private bool AcceptsOrHasEnded()
    {
        if (_process.HasExited)
        {
            return true;
        }

        using var probe = new TcpClient();
        try
        {
            probe.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
