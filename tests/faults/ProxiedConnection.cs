using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Keyway.Tests.Faults;

/// <summary>One connection through the proxy, with the one fault that is planned for it.</summary>
internal sealed class ProxiedConnection(Socket door, Fault? fault, FaultCounts counts)
{
    private const int SlowestMs = 60;
    private const int HeldMs = 100;
    private readonly Socket _broker = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _cut = new();

    /// <summary>Identifiers of packets sent twice, whose second acknowledgement nobody expects.
    /// </summary>
    private readonly ConcurrentDictionary<int, int> _repeated = new();
    private volatile bool _isSilent;

    /// <summary>Ends with the connection; never with an error.</summary>
    public async Task RunAsync(int brokerPort, CancellationToken ending)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, _cut.Token);
        try
        {
            door.NoDelay = true;
            _broker.NoDelay = true;
            await _broker.ConnectAsync(IPAddress.Loopback, brokerPort, either.Token);
            await using var up = new NetworkStream(door);
            await using var down = new NetworkStream(_broker);
            await Task.WhenAll(
                PumpAsync(up, down, false, either.Token), PumpAsync(down, up, true, either.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException
            or SocketException or ObjectDisposedException)
        {
            // The usual ways to end.
        }
        finally
        {
            door.Dispose();
            _broker.Dispose();
            _cut.Dispose();
        }
    }

    private async Task PumpAsync(Stream from, Stream to, bool isDown, CancellationToken cancel)
    {
        Packet? held = null;
        for (int index = 0; ; index++)
        {
            Task<Packet?> reading = Packet.ReadAsync(from, cancel);
            if (held != null && await Task.WhenAny(reading, Task.Delay(HeldMs, cancel)) != reading)
            {
                // No other comes, so it goes alone.
                await to.WriteAsync(held.Bytes, cancel);
                held = null;
            }

            Packet? packet = await reading;
            if (packet == null)
            {
                break;
            }

            bool isHere = fault != null && fault.FromBroker == isDown;
            if (isHere && fault!.Kind == FaultKind.OutOfOrder && held == null
                && index >= fault.Packet && packet.IsRepeatable)
            {
                held = packet;
                continue;
            }

            if (!await SpoilAsync(to, packet, index, isHere, cancel))
            {
                await to.WriteAsync(packet.Bytes, cancel);
            }

            if (held != null)
            {
                await to.WriteAsync(held.Bytes, cancel);
                counts.Add(FaultKind.OutOfOrder);
                held = null;
            }
        }

        // Where the connection is half-open, each side must find out for itself.
        if (fault?.Kind != FaultKind.HalfOpen || !_isSilent)
        {
            await _cut.CancelAsync();
        }
    }

    /// <returns>True when the packet is dealt with.</returns>
    private async Task<bool> SpoilAsync(
        Stream to, Packet packet, int index, bool isHere, CancellationToken cancel)
    {
        if (fault == null)
        {
            return false;
        }

        switch (fault.Kind)
        {
            case FaultKind.CutBetween or FaultKind.CutInside when isHere && index == fault.Packet:
                await CutAsync(to, packet, fault.Kind == FaultKind.CutInside, cancel);
                return true;
            case FaultKind.Mute when isHere && index >= fault.Packet:
                return Silence();
            case FaultKind.HalfOpen when _isSilent || (isHere && index >= fault.Packet):
                return Silence();
            case FaultKind.Slow:
                counts.Add(FaultKind.Slow);
                await Task.Delay(1 + SlowestMs * fault.Percent / 100, cancel);
                return false;
            case FaultKind.Duplicate:
                return await RepeatAsync(to, packet, isHere, cancel);
            default:
                return false;
        }
    }

    private bool Silence()
    {
        if (!_isSilent)
        {
            _isSilent = true;
            counts.Add(fault!.Kind);
        }

        return true;
    }

    private async Task CutAsync(Stream to, Packet packet, bool inside, CancellationToken cancel)
    {
        int whole = packet.Bytes.Length;
        int count = inside ? Math.Clamp(whole * fault!.Percent / 100, 1, whole - 1) : whole;
        await to.WriteAsync(packet.Bytes.AsMemory(0, count), cancel);
        counts.Add(fault!.Kind);
        if (fault.Percent % 2 == 0)
        {
            // With a reset instead of an end.
            door.LingerState = new LingerOption(true, 0);
            _broker.LingerState = new LingerOption(true, 0);
        }

        await _cut.CancelAsync();
    }

    private async Task<bool> RepeatAsync(
        Stream to, Packet packet, bool isHere, CancellationToken cancel)
    {
        if (isHere && packet.IsRepeatable)
        {
            // Noted before it is sent: the acknowledgement may be faster.
            _repeated.AddOrUpdate(packet.Id, 1, (_, left) => left + 1);
            await to.WriteAsync(packet.Bytes, cancel);
            await to.WriteAsync(packet.Again(), cancel);
            counts.Add(FaultKind.Duplicate);
            return true;
        }

        if (!isHere && packet.IsAcknowledgement
            && _repeated.TryGetValue(packet.Id, out int left) && left > 0)
        {
            _repeated[packet.Id] = left - 1;
            return true;
        }

        return false;
    }
}
