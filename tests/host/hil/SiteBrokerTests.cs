using System.Diagnostics;
using System.Security.Authentication;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Keyway.Tests.Host;

/// <summary>The rig at the broker that provisioning has configured.</summary>
[TestClass]
[RequiresMosquitto]
public sealed class SiteBrokerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-site-");
    private Process? _mosquitto;

    private string Site => Path.Combine(_folder.FullName, "site");

    [TestCleanup]
    public void Remove()
    {
        _mosquitto?.Kill();
        _mosquitto?.WaitForExit();
        _mosquitto?.Dispose();
        _folder.Delete(recursive: true);
    }

    [TestMethod]
    public async Task Rig_is_let_in_with_the_certificate_of_the_gateway()
    {
        int port = await StartAsync();
        string device = Guid.NewGuid().ToString();
        using var patience = new CancellationTokenSource(Patience);
        MqttClientTlsOptions tls = Hil.Tls(Site);

        // A broker that does not acknowledge a publish ends the wait.
        await using LockClient client =
            await LockClient.ConnectAsync("127.0.0.1", port, device, tls: tls);
        await client.PublishAsync("access_codes/create", "{}"u8.ToArray())
            .WaitAsync(patience.Token);
    }

    [TestMethod]
    public async Task Certificates_of_another_site_are_refused()
    {
        int port = await StartAsync();
        string other = Path.Combine(_folder.FullName, "other");
        Provision(other, port);

        Exception refused = await Assert.ThrowsAsync<Exception>(() => LockClient.ConnectAsync(
            "127.0.0.1", port, Guid.NewGuid().ToString(), tls: Hil.Tls(other)));

        Assert.IsTrue(refused is MqttCommunicationException or AuthenticationException,
            refused.ToString());
    }

    private static void Provision(string site, int port) => Provisioning.Run(new ProvisionOrder(
        "door", site, "office", "pass phrase", "127.0.0.1", port, "COM3"));

    private async Task<int> StartAsync()
    {
        int port = FreePort.Find();
        Provision(Site, port);
        string broker = Path.Combine(Site, "broker");

        // Started as root it would drop to a user that cannot read the key.
        await File.AppendAllTextAsync(
            Path.Combine(broker, "mosquitto.conf"), $"user {Environment.UserName}\n");
        _mosquitto = Process.Start(new ProcessStartInfo(
            Programs.Find("mosquitto")!, ["-c", "mosquitto.conf"])
        {
            WorkingDirectory = broker,
        })!;
        await Eventually.IsTrueAsync(() => Accepts(port), "mosquitto accepts");
        return port;
    }

    private static bool Accepts(int port)
    {
        try
        {
            using var client = new System.Net.Sockets.TcpClient("127.0.0.1", port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
