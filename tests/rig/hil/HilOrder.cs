namespace Keyway.Tests.Rig;

/// <summary>What <c>rig hil</c> was asked to do.</summary>
/// <param name="Scenarios">A file or a folder.</param>
/// <param name="Lock">virtual, or a lock's id.</param>
/// <param name="Keypad">virtual, or serial: and the stimulator's port.</param>
/// <param name="Broker">The lock's; null with a virtual one.</param>
/// <param name="Site">The folder that provisioning made, for a broker with TLS.</param>
/// <param name="Report">Where the results go; null: nowhere.</param>
internal sealed record HilOrder(string Scenarios, string Lock = HilOrder.Virtual,
    string Keypad = HilOrder.Virtual, Uri? Broker = null, string? Site = null,
    string? Report = null)
{
    public const string Virtual = "virtual";
    private const string Serial = "serial:";

    /// <summary>The stimulator's port; null: there is none.</summary>
    public string? SerialPort => Keypad.StartsWith(Serial, StringComparison.Ordinal)
        ? Keypad[Serial.Length..] : null;

    /// <summary>True for the lock in this process.</summary>
    public bool IsVirtual => Lock == Virtual;

    /// <summary>Judges what goes together.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public void Check()
    {
        if (!IsVirtual && !Guid.TryParseExact(Lock, "D", out _))
        {
            throw new ArgumentException(
                $"--lock: '{Lock}' is neither 'virtual' nor a lock's id, which is a UUID");
        }

        if (Keypad != Virtual && SerialPort is null or "")
        {
            throw new ArgumentException(
                $"--keypad: '{Keypad}' is neither 'virtual' nor 'serial:' with a port, "
                + "serial:/dev/ttyUSB1 for one");
        }

        if (IsVirtual != (Keypad == Virtual))
        {
            throw new ArgumentException(IsVirtual
                ? "--keypad: a stimulator has no wires to a virtual lock; give its --lock"
                : "--keypad: a flashed lock has keys of its own; give the stimulator's port");
        }

        if (!IsVirtual && Broker == null)
        {
            throw new ArgumentException("--broker is missing: a flashed lock has one of its own");
        }

        if ((Broker?.Scheme == "mqtts") != (Site != null))
        {
            throw new ArgumentException("--site and a --broker of the form mqtts://host:port go "
                + "together: the site's folder has the certificates");
        }
    }
}
