// The places of the last frames of a kind that carry a running number: attempts by serial, events
// by sequence. ActionAttempts and Tables have one each; Reclaim asks which frames still count.

namespace Keyway.Firmware;

/// <summary>Where the last numbered frames lie. In RAM 4 bytes each.</summary>
/// <remarks>
/// Numbers begin at 1 and grow by one. A number above <see cref="Floor"/> counts until as many
/// newer ones are there as the window has places.
/// </remarks>
public sealed class FrameWindow
{
    // No lock gets so far; a number beyond is forged.
    private const uint NumberMax = 0xF0000000;
    private readonly ushort[] _locations;
    private readonly ushort[] _numbers;
    private bool _isNextCertain;
    private int _missing;

    /// <summary>Makes an empty window.</summary>
    /// <param name="size">Frames that are remembered.</param>
    public FrameWindow(int size)
    {
        _locations = new ushort[size];
        _numbers = new ushort[size];
    }

    /// <summary>The next frame's number.</summary>
    public uint Next { get; private set; } = 1;

    /// <summary>Numbers up to this one do not count any more.</summary>
    public uint Floor { get; private set; }

    /// <summary>Frames that count.</summary>
    public int Count
    {
        get
        {
            uint first = First;
            return first < Next ? (int)(Next - first) : 0;
        }
    }

    /// <summary>The lowest number that counts.</summary>
    public uint First => Next > Floor + 1 + (uint)_locations.Length
        ? Next - (uint)_locations.Length : Floor + 1;

    /// <summary>While loading: older frames hold none that is still to be found.</summary>
    public bool IsComplete => _isNextCertain && _missing == 0;

    /// <summary>Takes the place of a number in arrays as long as the window.</summary>
    public int PlaceOf(uint number) => (int)(number % (uint)_locations.Length);

    /// <summary>Notes a new frame.</summary>
    /// <param name="frame">Carries <see cref="Next"/>.</param>
    /// <param name="location">Where it lies.</param>
    public void Add(byte[] frame, int location)
    {
        uint number = Frame.GetUInt32(frame, Frame.Serial);
        Put(number, location);
        Next = number + 1;
    }

    /// <summary>While loading, from the newest frame to the oldest: notes a frame.</summary>
    /// <param name="frame">Carries a number.</param>
    /// <param name="location">Where it lies.</param>
    /// <returns>False when it does not count, or a newer copy was noted before.</returns>
    /// <remarks>
    /// The newest frame that was not carried on has the highest number; before it comes, carried
    /// ones may be noted that it pushes out.
    /// </remarks>
    public bool Learn(byte[] frame, int location)
    {
        uint number = Frame.GetUInt32(frame, Frame.Serial);
        bool isNew = number >= First && number <= NumberMax && LocationOf(number) == 0;
        if (isNew)
        {
            Put(number, location);
            Next = number < Next ? Next : number + 1;
            _missing--;
        }

        // 0: the frame was written without a command.
        if (number != 0 && !_isNextCertain && (frame[Frame.Group] & Frame.Carried) == 0)
        {
            _isNextCertain = true;
            _missing = CountMissing();
        }

        return isNew;
    }

    /// <summary>Numbers up to this one do not count any more.</summary>
    public void RaiseFloor(uint floor)
    {
        if (floor > Floor)
        {
            Floor = floor;
            RaiseNext(floor);
        }
    }

    /// <summary>Numbers up to this one have been given, though their frames may be lost.</summary>
    public void RaiseNext(uint given) => Next = Next > given ? Next : given + 1;

    /// <summary>True when a numbered frame lies here and still counts.</summary>
    public bool IsLive(byte[] frame, int location) =>
        LocationOf(Frame.GetUInt32(frame, Frame.Serial)) == location;

    /// <summary>A frame that counts has been carried on.</summary>
    public void Move(byte[] frame, int location) =>
        Put(Frame.GetUInt32(frame, Frame.Serial), location);

    /// <summary>Where the frame with a number lies; 0 when it does not count.</summary>
    public int LocationOf(uint number) =>
        number >= First && number < Next && _numbers[PlaceOf(number)] == (ushort)number
            ? _locations[PlaceOf(number)] : 0;

    /// <summary>Where the frame of a place lies, whatever its number; 0 for none.</summary>
    public int LocationAt(int place) => _locations[place];

    private int CountMissing()
    {
        // The loop is over all places in one step, so it reads arrays and calls nothing.
        int count = Count;
        int missing = count;
        var last = (ushort)(Next - 1);
        for (int i = 0; i < _locations.Length; i++)
        {
            missing -= _locations[i] != 0 && (ushort)(last - _numbers[i]) < count ? 1 : 0;
        }

        return missing;
    }

    private void Put(uint number, int location)
    {
        _locations[PlaceOf(number)] = (ushort)location;
        _numbers[PlaceOf(number)] = (ushort)number;
    }
}
