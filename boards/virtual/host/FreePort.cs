using System.Net;
using System.Net.Sockets;

namespace Keyway.Boards.Virtual.Host;

/// <summary>A TCP port of 127.0.0.1 on which nobody listens at this moment.</summary>
/// <remarks>
/// Below the ports that the system gives to outgoing connections: a broker that is restarted must
/// find its port free. No port is given out twice by one process.
/// </remarks>
public static class FreePort
{
    private const int First = 12_000;
    private const int Count = 20_000;
    private static int s_last = Random.Shared.Next(Count);

    /// <summary>Finds the next one.</summary>
    public static int Find()
    {
        while (true)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref s_last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; the next one.
            }
        }
    }
}
