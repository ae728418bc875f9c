// The places of the last frames of a kind that carry a running number: attempts by serial, events
// by sequence. ActionAttempts and Agent have one each; Reclaim asks which frames still count.

using System;

namespace Keyway.Firmware;

/// <summary>Where the last numbered frames lie. In RAM 2 bytes each.</summary>
/// <remarks>
/// Numbers begin at 1 and grow by one. A number above <see cref="Floor"/> counts until as many
/// newer ones are there as the window has places. A place belongs to the one number between
/// <see cref="Next"/> less the size and <see cref="Next"/> that is the place modulo the size.
/// </remarks>
public sealed class FrameWindow
{
    // No lock gets so far; a number beyond is forged.
    private const uint NumberMax = 0xF0000000;
    private readonly ushort[] _locations;
    private bool _isNextCertain;
    private uint _next = 1;
    private uint _floor;
    private bool _isComplete;

    /// <summary>Makes an empty window.</summary>
    /// <param name="size">Frames that are remembered.</param>
    public FrameWindow(int size) => _locations = new ushort[size];

    /// <summary>Frames that are remembered at most.</summary>
    public int Size => _locations.Length;

    /// <summary>The next frame's number.</summary>
    public uint Next => _next;

    /// <summary>Numbers up to this one do not count any more.</summary>
    public uint Floor => _floor;

    /// <summary>Frames that count.</summary>
    public int Count
    {
        get
        {
            uint first = First;
            return first < _next ? (int)(_next - first) : 0;
        }
    }

    /// <summary>The lowest number that counts.</summary>
    public uint First => _next > _floor + 1 + (uint)_locations.Length
        ? _next - (uint)_locations.Length : _floor + 1;

    /// <summary>While loading: older frames hold none that is still to be found.</summary>
    public bool IsComplete => _isComplete;

    /// <summary>Takes the place of a number in arrays as long as the window.</summary>
    public int PlaceOf(uint number) => (int)(number % (uint)_locations.Length);

    /// <summary>Notes a new frame.</summary>
    /// <param name="frame">Carries <see cref="Next"/>.</param>
    /// <param name="location">Where it lies.</param>
    public void Add(byte[] frame, int location)
    {
        RaiseNext(Frame.GetUInt32(frame, Frame.Serial));
        Move(frame, location);
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
            Add(frame, location);
        }

        // 0: the frame was written without a command.
        _isNextCertain |= number != 0 && (frame[Frame.Group] & Frame.Carried) == 0;
        _isComplete = _isNextCertain && !HasGap();
        return isNew;
    }

    /// <summary>Numbers up to this one do not count any more.</summary>
    public void RaiseFloor(uint floor)
    {
        if (floor > _floor)
        {
            _floor = floor;
            RaiseNext(floor);
        }
    }

    /// <summary>Numbers up to this one have been given, though their frames may be lost.</summary>
    public void RaiseNext(uint given)
    {
        if (given >= _next)
        {
            // The places of the numbers that come had others.
            uint more = given + 1 - _next;
            int count = more < (uint)_locations.Length ? (int)more : _locations.Length;
            int place = PlaceOf(_next);
            int first = FirstRun(place, count);
            Array.Clear(_locations, place, first);
            Array.Clear(_locations, 0, count - first);
            _next = given + 1;
        }
    }

    /// <summary>True when a numbered frame lies here and still counts.</summary>
    public bool IsLive(byte[] frame, int location) =>
        LocationOf(Frame.GetUInt32(frame, Frame.Serial)) == location;

    /// <summary>A frame that counts has been carried on.</summary>
    public void Move(byte[] frame, int location) =>
        _locations[PlaceOf(Frame.GetUInt32(frame, Frame.Serial))] = (ushort)location;

    /// <summary>Where the frame with a number lies; 0 when it does not count.</summary>
    public int LocationOf(uint number) =>
        number >= First && number < _next ? _locations[PlaceOf(number)] : 0;

    /// <summary>Where the frame of a place lies, whatever its number; 0 for none.</summary>
    public int LocationAt(int place) => _locations[place];

    private bool HasGap()
    {
        int count = Count;
        int place = PlaceOf(First);
        int first = FirstRun(place, count);
        return Array.IndexOf(_locations, (ushort)0, place, first) >= 0
            || Array.IndexOf(_locations, (ushort)0, 0, count - first) >= 0;
    }

    // Of so many places the ones up to the end of the array; the others are at its beginning.
    private int FirstRun(int place, int count) =>
        count < _locations.Length - place ? count : _locations.Length - place;
}
