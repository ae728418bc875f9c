using System.Net;
using System.Net.Sockets;

namespace Keyway.Tests.Host;

/// <summary>A TCP port of 127.0.0.1 on which nobody listens at this moment.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
