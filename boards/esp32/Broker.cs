using System;
using System.Security.Cryptography.X509Certificates;
using Keyway.Firmware;

namespace Keyway.Boards.Esp32;

/// <summary>Where the broker is and who the lock is to it.</summary>
public sealed class Broker
{
    private Broker(LockSetup setup)
    {
        Host = setup.BrokerHost;
        Port = setup.BrokerPort;
        ClientId = setup.DeviceId;
        User = setup.BrokerUser;
        Password = setup.BrokerPassword;
    }

    /// <summary>Name or address; with TLS the name that the broker's certificate must have.
    /// </summary>
    public string Host { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>The lock's client id, the same after each reboot.</summary>
    public string ClientId { get; }

    /// <summary>User name; null for none.</summary>
    public string User { get; }

    /// <summary>Password; null for none.</summary>
    public string Password { get; }

    /// <summary>Who must have signed the broker's certificate; null: no TLS.</summary>
    public X509Certificate Authority { get; private set; }

    /// <summary>The lock's certificate with its key; null: the runtime offers what
    /// networkdeployment has stored, if anything.</summary>
    public X509Certificate2 Certificate { get; private set; }

    /// <summary>True when the connection is encrypted and the broker's certificate checked.
    /// </summary>
    public bool HasTls => Authority != null;

    /// <summary>Takes the broker out of a setup without a problem. Does not throw.</summary>
    /// <param name="setup">The lock's.</param>
    /// <param name="problem">What is wrong; null when nothing is.</param>
    /// <returns>Null with a problem.</returns>
    public static Broker From(LockSetup setup, out string problem)
    {
        problem = setup.NetworkProblem;
        if (problem != null)
        {
            return null;
        }

        Broker broker = new Broker(setup);
        try
        {
            problem = "ca_certificate: the runtime cannot read it";
            broker.Authority =
                setup.HasTls ? new X509Certificate(setup.CaCertificate) : null;
            problem = "client_certificate or client_key: the runtime cannot read it";
            broker.Certificate = setup.ClientCertificate != null
                ? new X509Certificate2(setup.ClientCertificate, setup.ClientKey, "") : null;
            problem = null;
            return broker;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
