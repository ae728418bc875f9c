// The retained state of the door, small enough to be sent at each of its changes. Link publishes
// it.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Writes the payload of the topic locks/state.</summary>
public sealed class DoorWriter
{
    private const int Unknown = -1;
    private const int UnlockedBit = 1;
    private const int OpenBit = 2;
    private const int TamperedBit = 4;
    private const int LockedOutBit = 8;
    private readonly Strike _strike;
    private readonly DoorWatch _watch;
    private readonly Lockout _lockout;
    private readonly JsonWriter _json;
    private int _written = Unknown;

    /// <summary>Wires the writer.</summary>
    public DoorWriter(Strike strike, DoorWatch watch, Lockout lockout, JsonWriter json)
    {
        _json = json;
        _strike = strike;
        _watch = watch;
        _lockout = lockout;
    }

    /// <summary>True when the last payload no longer says what is true.</summary>
    /// <param name="nowMs">The monotonic time.</param>
    public bool IsStale(long nowMs) => BitsAt(nowMs) != _written;

    /// <summary>What is true now.</summary>
    /// <param name="nowMs">The monotonic time.</param>
    public void Write(long nowMs)
    {
        _written = BitsAt(nowMs);
        _json.Reset();
        _json.BeginObject();
        _json.Member("locked", (_written & UnlockedBit) == 0);
        if (_watch.HasContact)
        {
            _json.Member("door_open", (_written & OpenBit) != 0);
        }

        _json.Member("is_tampered", (_written & TamperedBit) != 0);
        _json.Member("is_locked_out", (_written & LockedOutBit) != 0);
        _json.EndObject();
    }

    /// <summary>What was written last did not go out.</summary>
    public void Forget() => _written = Unknown;

    private int BitsAt(long nowMs) => (_strike.IsEnergized ? UnlockedBit : 0)
        | (_watch.IsOpen ? OpenBit : 0)
        | (_watch.IsTampered ? TamperedBit : 0)
        | (_lockout.IsLocked(nowMs) ? LockedOutBit : 0);
}
