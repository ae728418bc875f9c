using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Keyway.Boards.Esp32;

/// <summary>What may wait about a socket: SocketStream's worker does it.</summary>
public static class BrokerSocket
{
    private const byte HandshakeSilenceSeconds = 5;

    // A timeval of lwIP, whether its seconds have four bytes or eight.
    private const int TimevalBytes = 16;

    /// <summary>Connects; lets the other threads run.</summary>
    /// <param name="broker">Where to; its name is resolved anew, since a broker may move.</param>
    /// <param name="socket">Null before it is made; the caller shuts it, also where this throws.
    /// </param>
    /// <param name="waitMs">How long its reads and writes wait at most.</param>
    /// <exception cref="Exception">No name, no answer, no memory.</exception>
    public static void Connect(Broker broker, out Socket socket, int waitMs)
    {
        socket = null;
        IPAddress address = Dns.GetHostEntry(broker.Host).AddressList[0];
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveTimeout = waitMs;
        socket.SendTimeout = waitMs;
        socket.Connect(new IPEndPoint(address, broker.Port));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.NoDelay, true);
    }

    /// <summary>Secures it: the broker's certificate must be signed by the authority, be valid now
    /// and have the host's name. Freezes every thread.</summary>
    /// <param name="broker">Has TLS.</param>
    /// <param name="socket">Connected.</param>
    /// <param name="secure">Likewise the caller's to shut.</param>
    /// <exception cref="Exception">The handshake has failed.</exception>
    public static void Secure(Broker broker, Socket socket, out SslStream secure)
    {
        BoundHandshake(socket);
        secure = new SslStream(socket);
        secure.AuthenticateAsClient(
            broker.Host, broker.Certificate, broker.Authority, SslProtocols.Tls12);
    }

    /// <summary>Closes what there is; does not throw.</summary>
    public static void Shut(Socket socket, SslStream secure)
    {
        try
        {
            secure?.Close();
            socket?.Close();
        }
        catch (Exception e)
        {
            SerialLog.Say("mqtt: ", e);
        }
    }

    // The handshake reads inside the runtime: with a peer that falls silent it would not end.
    private static void BoundHandshake(Socket socket)
    {
        try
        {
            byte[] silence = new byte[TimevalBytes];
            silence[0] = HandshakeSilenceSeconds;
            socket.SetSocketOption(
                SocketOptionLevel.Socket, SocketOptionName.ReceiveTimeout, silence);
        }
        catch (SocketException e)
        {
            SerialLog.Say("mqtt: handshake without a bound: ", e);
        }
    }
}
