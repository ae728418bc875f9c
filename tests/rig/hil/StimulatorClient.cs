// The host's end of the stimulator's line. WiredBench calls it; the lines are those of
// boards/stimulator-esp32/protocol.

using System.Diagnostics;
using System.IO.Ports;
using System.Threading.Channels;
using Keyway.Boards.StimulatorProtocol;

namespace Keyway.Tests.Rig;

/// <summary>Talks to a stimulator over a serial port.</summary>
internal sealed class StimulatorClient : IAsyncDisposable
{
    private const int Greetings = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly SerialPort _port;
    private readonly CancellationTokenSource _closing = new();
    private readonly LineReader _reader = new();
    private readonly Channel<Report> _answers = Channel.CreateUnbounded<Report>();
    private readonly Channel<Report> _releases = Channel.CreateUnbounded<Report>();
    private readonly long _start = Stopwatch.GetTimestamp();
    private Task _reading = Task.CompletedTask;
    private volatile bool _isGreeting;
    private bool _isGreeted;
    private bool _isEnergized;
    private long _lastAtMs;
    private long _offsetMs;
    private volatile string? _broken;

    private StimulatorClient(SerialPort port) => _port = port;

    /// <summary>The strike moved: when, by <see cref="Milliseconds"/>, and to what. Raised on a
    /// thread of its own.</summary>
    public event Action<long, bool>? StrikeMoved;

    /// <summary>The time in which everything is told: that of this process. The stimulator's
    /// clock is mapped onto it once, so between two of its reports there is no jitter.</summary>
    public long Milliseconds => (long)Stopwatch.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>Opens the port and greets.</summary>
    /// <exception cref="IOException">There is no stimulator, or one that speaks another version.
    /// </exception>
    public static async Task<StimulatorClient> OpenAsync(string path, CancellationToken cancel)
    {
        var port = new SerialPort(path, ProtocolLimits.BaudRate, Parity.None, 8, StopBits.One)
        {
            WriteTimeout = (int)Patience.TotalMilliseconds,
        };
        port.Open();
        var client = new StimulatorClient(port);
        client._reading = Task.Run(client.ReadAsync, CancellationToken.None);
        try
        {
            await client.GreetAsync(cancel);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks for something, and waits until it is done.</summary>
    /// <returns>When it was done.</returns>
    /// <exception cref="IOException">It was refused, or there is no answer.</exception>
    public async Task<long> DoAsync(Request request, CancellationToken cancel) =>
        (await AskAsync(request, cancel)).AtMs + _offsetMs;

    /// <summary>Presses a key, and returns when it is up again.</summary>
    /// <returns>When it went down.</returns>
    /// <exception cref="IOException">It was refused, or there is no answer.</exception>
    public async Task<long> PressAsync(char key, int holdMs, CancellationToken cancel)
    {
        long atMs = await DoAsync(
            new Request { Kind = RequestKind.Press, Key = key, HoldMs = holdMs }, cancel);
        TimeSpan patience = TimeSpan.FromMilliseconds(holdMs) + Patience;
        while ((await NextAsync(_releases, patience, $"release {key}", cancel)).Key != key)
        {
        }

        return atMs;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _reading;
        _port.Dispose();
        _closing.Dispose();
    }

    // Several times: the quickest answer says best how the two clocks stand to each other, and the
    // first may be a greeting that has waited in the port.
    private async Task GreetAsync(CancellationToken cancel)
    {
        for (int i = 0; i < Greetings; i++)
        {
            _isGreeting = true;
            Report greeting = await AskAsync(
                new Request { Kind = RequestKind.Hello }, cancel);
            if (greeting.Version != ProtocolLimits.Version)
            {
                throw new IOException($"{_port.PortName}: the stimulator speaks version "
                    + $"{greeting.Version}, not {ProtocolLimits.Version}");
            }
        }
    }

    private async Task<Report> AskAsync(Request request, CancellationToken cancel)
    {
        string line = request.ToLine();
        _port.Write($"{line}\n");
        Report answer = await NextAsync(_answers, Patience, line, cancel);
        return answer.Kind == ReportKind.Error
            ? throw new IOException($"{_port.PortName}: the stimulator answered '{line}' with "
                + $"{ProtocolWords.NameOf(answer.Error)}")
            : answer.Kind == ReportKind.Done && answer.Request.ToLine() != line
            ? throw new IOException($"{_port.PortName}: the stimulator answered '{line}' with "
                + $"'{answer.ToLine()}'")
            : answer;
    }

    private async Task<Report> NextAsync(
        Channel<Report> reports, TimeSpan patience, string line, CancellationToken cancel)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(patience);
        try
        {
            return await reports.Reader.ReadAsync(soon.Token);
        }
        catch (Exception silence) when (silence is ChannelClosedException
            or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            throw new IOException($"{_port.PortName}: "
                + (_broken ?? $"no answer to '{line}' within {patience.TotalSeconds} s"));
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[ProtocolLimits.ReadBytes];
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                if (_port.BytesToRead == 0)
                {
                    await Task.Delay(1, CancellationToken.None);
                    continue;
                }

                int count = _port.Read(buffer, 0, buffer.Length);
                foreach (byte value in buffer.AsSpan(0, count))
                {
                    if (_reader.Add(value))
                    {
                        Take();
                    }
                }
            }
        }
        catch (Exception lost) when (lost is IOException or InvalidOperationException
            or UnauthorizedAccessException)
        {
            Break($"the port is lost ({lost.Message})");
        }
    }

    private void Take()
    {
        var report = new Report();
        if (_reader.Error != ProtocolError.Ok || report.Read(_reader.Words) != ProtocolError.Ok)
        {
            // Before the greeting: what a line has carried before, half of it perhaps.
            if (_isGreeted)
            {
                Break("a line that is no report: " + (_reader.Error == ProtocolError.Ok
                    ? string.Join(' ', _reader.Words) : ProtocolWords.NameOf(_reader.Error)));
            }

            return;
        }

        if (report.Kind == ReportKind.Greeting)
        {
            Greet(report);
        }
        else if (!_isGreeted)
        {
            return;
        }

        _lastAtMs = Math.Max(_lastAtMs, report.AtMs);
        switch (report.Kind)
        {
            case ReportKind.Done or ReportKind.Error:
                _answers.Writer.TryWrite(report);
                break;
            case ReportKind.Released:
                _releases.Writer.TryWrite(report);
                break;
            case ReportKind.Strike:
                TakeStrike(report);
                break;
        }
    }

    // After a greeting it says how the strike is, moved or not.
    private void TakeStrike(Report report)
    {
        if (report.IsOn != _isEnergized)
        {
            _isEnergized = report.IsOn;
            StrikeMoved?.Invoke(report.AtMs + _offsetMs, report.IsOn);
        }
    }

    // One from an earlier time than what it said last means that it has started again.
    private void Greet(Report greeting)
    {
        if (_isGreeting)
        {
            _isGreeting = false;
            long offsetMs = Milliseconds - greeting.AtMs;
            _offsetMs = _isGreeted ? Math.Min(_offsetMs, offsetMs) : offsetMs;
            _isGreeted = true;
            _answers.Writer.TryWrite(greeting);
        }
        else if (greeting.AtMs < _lastAtMs)
        {
            Break("the stimulator has started again");
        }
    }

    private void Break(string problem)
    {
        _broken ??= problem;
        _answers.Writer.TryComplete();
        _releases.Writer.TryComplete();
    }
}
