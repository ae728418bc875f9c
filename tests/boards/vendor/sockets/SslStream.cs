using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Keyway.Tests.Boards;

namespace System.Net.Security;

/// <summary>The runtime's TLS: the handshake freezes every thread, and so does a write that the
/// network does not take.</summary>
public sealed class SslStream
{
    private readonly Socket _socket;
    private bool _isSecured;

    public SslStream(Socket socket) => _socket = socket;

    public bool DataAvailable => _isSecured && Wire.Arrived > 0 && !Wire.IsPartOfRecord
        && _hasRecord;

    private static WireSide Wire => Controller.Current.Wire;

    // Once a record is read in part, the rest of it is there.
    private bool _hasRecord;

    public void AuthenticateAsClient(string host, X509Certificate own, X509Certificate authority,
        SslProtocols protocols)
    {
        Controller.Current.Threads.Freeze(Wire.ConnectMs);
        Wire.Handshakes++;
        _socket.Demand("handshake");
        if (authority == null || protocols != SslProtocols.Tls12)
        {
            throw new InvalidOperationException("not checked");
        }

        _isSecured = true;
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        _socket.Demand("read");
        _socket.WaitFor(() => (Wire.Arrived > 0 && !Wire.IsPartOfRecord) || Wire.HasEnded,
            _socket.ReceiveTimeout);
        int taken = Wire.Take(buffer, offset, count);
        _hasRecord = Wire.Arrived > 0;
        return taken;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        _socket.Demand("write");
        if (Wire.Room < count)
        {
            throw new InvalidOperationException("every thread is frozen");
        }

        _socket.Send(buffer, offset, count, SocketFlags.None);
    }

    public void Close() => _socket.Close();
}

/// <summary>The runtime's versions of TLS; not all of them.</summary>
public enum SslProtocols
{
    /// <summary>1.2.</summary>
    Tls12 = 3072,
}
