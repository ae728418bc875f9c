// The ids of deleted access codes, so that a late duplicate of a create cannot bring one back.
// CommandRunner and Loader call it; it calls SlotLog to confirm.

using System;

namespace Keyway.Firmware;

/// <summary>The last deleted codes, in their time. In RAM 4 bytes and a bit each.</summary>
/// <remarks>
/// Where there are too many, those of offline codes stay: without its tombstone a revoked one opens
/// again, while an ordinary code only comes back with a late duplicate of its create.
/// </remarks>
public sealed class Tombstones
{
    private readonly SlotLog _log;
    private readonly ushort[] _ids;
    private readonly ushort[] _locations;
    private readonly byte[] _offline;
    private int _next;
    private int _count;

    /// <summary>Wires the table, empty; <see cref="Loader"/> fills it.</summary>
    /// <param name="log">Holds the tombstones.</param>
    /// <param name="size">Ids that are remembered at most: <see cref="Limits.Remembered"/>.
    /// </param>
    public Tombstones(SlotLog log, int size)
    {
        _log = log;
        _ids = new ushort[size];
        _locations = new ushort[size];
        _offline = Flags.Make(size);
    }

    /// <summary>True when one more would push one out that counts.</summary>
    public bool IsFull => Count == _locations.Length;

    /// <summary>Ids that are remembered.</summary>
    public int Count => _count;

    /// <summary>Notes that an id is never to be used, or never again: flash first, RAM second.
    /// </summary>
    /// <param name="frame">The frame that says so; without a slot.</param>
    /// <param name="location">Where it lies; -1 when it failed.</param>
    /// <returns>Ok; Full when another would push one out that counts; or what
    /// <see cref="SlotLog.Append"/> says.</returns>
    public StorageStatus Append(byte[] frame, out int location)
    {
        location = -1;
        StorageStatus status = IsFull
            ? StorageStatus.Full : _log.Append(frame, 1, out location);
        if (status == StorageStatus.Ok)
        {
            Add(frame, location);
        }

        return status;
    }

    /// <summary>Notes a tombstone. When there are too many the oldest ordinary one is forgotten.
    /// </summary>
    /// <param name="frame">The tombstone.</param>
    /// <param name="location">Where it lies.</param>
    public void Add(byte[] frame, int location)
    {
        // A place whose tombstone's time is over goes first.
        if (!IsFull)
        {
            int free = Array.IndexOf(_locations, (ushort)0, _next);
            _next = free >= 0 ? free : Array.IndexOf(_locations, (ushort)0);
        }
        else
        {
            int ordinary = FindOrdinary(_next);
            ordinary = ordinary >= 0 ? ordinary : FindOrdinary(0);
            if (ordinary < 0 && !IsOffline(frame))
            {
                return;
            }

            _next = ordinary >= 0 ? ordinary : _next;
        }

        Put(_next, frame, location);
        _next = (_next + 1) % _locations.Length;
    }

    /// <summary>While loading, from the newest to the oldest: notes a tombstone, unless newer
    /// ones fill the table or a newer copy was noted.</summary>
    /// <param name="frame">The tombstone.</param>
    /// <param name="location">Where it lies.</param>
    public void Learn(byte[] frame, int location)
    {
        // Backwards from the end: the first to be overwritten is the oldest.
        int place = !IsFull ? _locations.Length - 1 - Count
            : IsOffline(frame) ? FindOrdinary(0) : -1;
        if (place >= 0 && !Contains(frame, Frame.AccessCodeId))
        {
            Put(place, frame, location);
        }
    }

    /// <summary>True when an access code's id was deleted and must not be used again.</summary>
    /// <param name="id">Holds the id.</param>
    /// <param name="offset">Where it begins.</param>
    public bool Contains(byte[] id, int offset)
    {
        int place = IdTable.Find(_ids, id, offset, 0);
        while (place >= 0)
        {
            // What cannot be read now is believed: whoever unplugs the flash revokes nothing.
            if (_locations[place] != 0
                && (_log.ReadId(_locations[place], Frame.AccessCodeId, id, offset,
                    out bool isSame) != StorageStatus.Ok || isSame))
            {
                return true;
            }

            place = IdTable.Find(_ids, id, offset, place + 1);
        }

        return false;
    }

    /// <summary>True when a tombstone lies here and its time lasts.</summary>
    /// <param name="frame">The tombstone.</param>
    /// <param name="location">Where it lies.</param>
    /// <param name="utc">The time in unix seconds; 0 when not known: then it lasts.</param>
    /// <remarks>One whose time is over is forgotten.</remarks>
    public bool IsLive(byte[] frame, int location, long utc)
    {
        int place = Array.IndexOf(_locations, (ushort)location);
        if (place < 0)
        {
            return false;
        }

        if (utc == 0 || Frame.GetUInt32(frame, Frame.Detail) > utc)
        {
            return true;
        }

        _locations[place] = 0;
        Flags.Set(_offline, place, false);
        _ids[place] = 0;
        _count--;
        return false;
    }

    /// <summary>A tombstone has been carried on.</summary>
    public void Move(int from, int to)
    {
        int place = Array.IndexOf(_locations, (ushort)from);
        if (place >= 0)
        {
            _locations[place] = (ushort)to;
        }
    }

    private void Put(int place, byte[] frame, int location)
    {
        _count += _locations[place] == 0 ? 1 : 0;
        _locations[place] = (ushort)location;
        Flags.Set(_offline, place, IsOffline(frame));
        IdTable.Put(_ids, place, frame, Frame.AccessCodeId);
    }

    private int FindOrdinary(int from) =>
        Flags.FindClear(_offline, _locations.Length, from);

    private static bool IsOffline(byte[] frame) =>
        OfflineCode.TryReadId(frame, Frame.AccessCodeId, out bool _, out long _, out int _);
}
