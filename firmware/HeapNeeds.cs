// What of the managed heap must be free, measured on the device's runtime built for 32 bits: whole
// images over a broker, with 250 codes, the heap made smaller until something failed.

namespace Keyway.Firmware;

/// <summary>How much memory codes and a connection take.</summary>
public static class HeapNeeds
{
    /// <summary>What the tables take for a slot, in bytes: 2 for the place on flash, 2 for the id,
    /// 4 for the digits, and bits. So it was measured of 250 and of 5,000 slots.</summary>
    public const int SlotBytes = 9;

    /// <summary>Slots that a lock has tables for, however little memory there is; where it is set
    /// up for fewer, those.</summary>
    public const int SlotsMin = 16;

    /// <summary>What must be free when the lock is about to connect, in bytes: the run that had
    /// 3,400 then failed, the next larger one, with 4,472, did all. The socket takes 400 of it,
    /// with TLS two objects 200 more: the 34 KB of TLS are of the system's heap. The rest is what a
    /// command needs at its peak, 3,400, and places too small for what is made.</summary>
    public const int ConnectBytes = 4_300;

    /// <summary>The same with the vendor's client: its objects take 5,500 and its threads 3,700,
    /// and it holds a message twice.</summary>
    public const int VendorConnectBytes = 14_500;

    /// <summary>What the start takes between the wiring's end and the first connect, in bytes: the
    /// supervisor, what the session's thread holds, and stack frames.</summary>
    public const int StartBytes = 1_300;
}
