using System;
using System.Collections.Generic;

namespace Keyway.Tests.Boards;

/// <summary>The other end of the device's sockets: what the network and a broker do.</summary>
internal sealed class WireSide
{
    private readonly Queue<byte> _arrived = new();

    /// <summary>Bytes that the network still takes.</summary>
    public int Room { get; set; } = int.MaxValue;

    /// <summary>Behind what has arrived the other side has closed.</summary>
    public bool HasEnded { get; set; }

    /// <summary>True: what has arrived is not a whole record of TLS.</summary>
    public bool IsPartOfRecord { get; set; }

    /// <summary>How long a name, a connect and a handshake take, in ms; the last freezes all.
    /// </summary>
    public int ConnectMs { get; set; } = 30;

    /// <summary>Thrown in the place of a connect, a handshake, a read or a write.</summary>
    public Func<string, Exception> Fault { get; set; } = _ => null;

    public List<byte> Sent { get; } = [];

    public int OpenSockets { get; set; }

    public int Handshakes { get; set; }

    public int Arrived => _arrived.Count;

    public void Arrive(params byte[] bytes)
    {
        foreach (byte one in bytes)
        {
            _arrived.Enqueue(one);
        }
    }

    public int Take(byte[] buffer, int offset, int count)
    {
        int taken = 0;
        while (taken < count && _arrived.TryDequeue(out byte one))
        {
            buffer[offset + taken] = one;
            taken++;
        }

        return taken;
    }

    public void ThrowAt(string where)
    {
        if (Fault(where) is Exception fault)
        {
            throw fault;
        }
    }
}
