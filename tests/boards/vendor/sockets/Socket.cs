using Keyway.Tests.Boards;

namespace System.Net.Sockets;

/// <summary>The runtime's socket: what it waits for, others run meanwhile.</summary>
public sealed class Socket
{
    private bool _isOpen = true;

    public Socket(AddressFamily family, SocketType type, ProtocolType protocol) =>
        Wire.OpenSockets++;

    public int ReceiveTimeout { get; set; } = -1;

    public int SendTimeout { get; set; } = -1;

    private static WireSide Wire => Controller.Current.Wire;

    public void Connect(EndPoint there)
    {
        Demand("connect");
        DeviceThreads threads = Controller.Current.Threads;
        threads.Wait(threads.NowMs + Wire.ConnectMs, null);
    }

    public void SetSocketOption(SocketOptionLevel level, SocketOptionName name, bool value)
    {
    }

    public void SetSocketOption(SocketOptionLevel level, SocketOptionName name, byte[] value) =>
        Demand("bound");

    public bool Poll(int microSeconds, SelectMode mode)
    {
        Demand("poll");
        return mode == SelectMode.SelectWrite ? Wire.Room > 0
            : Wire.Arrived > 0 || Wire.HasEnded;
    }

    public int Receive(byte[] buffer, int offset, int count, SocketFlags flags)
    {
        Demand("read");
        WaitFor(() => Wire.Arrived > 0 || Wire.HasEnded, ReceiveTimeout);
        return Wire.Take(buffer, offset, count);
    }

    /// <summary>Goes on until all is sent.</summary>
    public int Send(byte[] buffer, int offset, int count, SocketFlags flags)
    {
        for (int i = 0; i < count; i++)
        {
            Demand("write");
            WaitFor(() => Wire.Room > 0, SendTimeout);
            Wire.Sent.Add(buffer[offset + i]);
            Wire.Room--;
        }

        return count;
    }

    public void Close()
    {
        Wire.OpenSockets -= _isOpen ? 1 : 0;
        _isOpen = false;
    }

    internal void Demand(string where)
    {
        if (!_isOpen)
        {
            throw new ObjectDisposedException("socket");
        }

        Wire.ThrowAt(where);
    }

    // Closing a socket wakes nobody who waits.
    internal void WaitFor(Func<bool> isSo, int timeoutMs)
    {
        DeviceThreads threads = Controller.Current.Threads;
        if (!isSo())
        {
            threads.Wait(timeoutMs < 0 ? int.MaxValue : threads.NowMs + timeoutMs, isSo);
        }

        Demand("wake");
        if (!isSo())
        {
            throw new SocketException(SocketError.TimedOut);
        }
    }
}

/// <summary>The runtime's error.</summary>
public sealed class SocketException : Exception
{
    public SocketException(SocketError error) => ErrorCode = (int)error;

    public int ErrorCode { get; }
}
