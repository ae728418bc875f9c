// The lock's codes without the lock: flash, log, book and attempts, loaded again at will.

using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>A small flash with a log and what is loaded from it.</summary>
internal sealed class TestBook
{
    internal const int W25Q32 = 0xEF4016;
    private const int EraseNanoseconds = 1000000;
    private const int MostSteps = 3000;
    private readonly int _sectors;
    private readonly byte[] _filler = new byte[2 * Frame.SizeBytes];

    internal TestBook()
        : this(16)
    {
    }

    /// <summary>A lock over a ring of so many sectors, of which a few are ready.</summary>
    internal TestBook(int sectors)
    {
        _sectors = sectors;
        Clock = new VirtualClock();
        Chip = new W25qChip(FlashParts.Find(W25Q32), Clock, sectors * SpiNorFlash.SectorSizeBytes)
        {
            EraseNanoseconds = EraseNanoseconds,
        };
        Spi = new FadingSpi(Chip);
        for (int i = 0; i < 2; i++)
        {
            _filler[i * Frame.SizeBytes + Frame.Type] = (byte)FrameType.Used;
            Frame.PutUInt16(_filler, i * Frame.SizeBytes + Frame.Slot, SectorIndex.NoSlot);
        }

        Reload(20);
    }

    internal FadingSpi Spi { get; }

    internal VirtualClock Clock { get; }

    internal W25qChip Chip { get; }

    internal SlotLog Log { get; private set; }

    internal DeviceSecret Secret { get; private set; }

    internal CodeBook Book { get; private set; }

    internal Tables Tables { get; private set; }

    internal ActionAttempts Attempts => Tables.Attempts;

    internal Loader Loader { get; private set; }

    internal Reclaim Reclaim { get; private set; }

    /// <summary>An access code with this number as its id and its digits' MAC.</summary>
    internal static AccessCode Code(int number)
    {
        AccessCode code = new();
        code.Clear();
        Uuid.TryRead(TestJson.Id(number), code.Bytes, Frame.AttemptId);
        Uuid.TryRead(TestJson.Id(number), code.Bytes, Frame.AccessCodeId);
        Frame.PutUInt32(code.Bytes, Frame.DigitsMac, (uint)number);
        code.Serial = (uint)number;
        return code;
    }

    /// <summary>An answer with this number as attempt and serial.</summary>
    internal static byte[] Attempt(int number)
    {
        byte[] frame = new byte[Frame.SizeBytes];
        frame[Frame.Type] = (byte)FrameType.Attempt;
        Frame.PutUInt16(frame, Frame.Slot, SectorIndex.NoSlot);
        Uuid.TryRead(TestJson.Id(number), frame, Frame.AttemptId);
        Frame.PutUInt32(frame, Frame.Serial, (uint)number);
        return frame;
    }

    /// <summary>The bytes of an id.</summary>
    internal static byte[] Id(int number)
    {
        byte[] id = new byte[Uuid.SizeBytes];
        Uuid.TryRead(TestJson.Id(number), id, 0);
        return id;
    }

    /// <summary>Another id with the same fingerprint: it differs by CRC-32's polynomial.</summary>
    internal static byte[] Twin(byte[] id)
    {
        byte[] twin = (byte[])id.Clone();
        byte[] polynomial = { 0x41, 0x06, 0x71, 0xDB, 0x01 };
        for (int i = 0; i < polynomial.Length; i++)
        {
            twin[i] ^= polynomial[i];
        }

        return twin;
    }

    /// <summary>Mounts and loads what is on the chip, in a book of this size.</summary>
    internal void Reload(int capacity)
    {
        Mount(capacity);
        for (int i = 0; i < MostSteps && !Loader.IsDone; i++)
        {
            Loader.Step();
        }

        Assert.IsTrue(Loader.IsDone);
        MakeReady();
    }

    /// <summary>Mounts what is on the chip; nothing is loaded yet.</summary>
    internal void Mount(int capacity)
    {
        SpiNorFlash flash = new(Spi, Clock);
        FlashBoard.Check(FlashStatus.Ok, flash.Open(W25Q32));
        Log = new SlotLog(flash, 0, _sectors);
        Assert.AreEqual((int)StorageStatus.Ok, (int)Log.Mount());
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        secret[0] = 7;
        Secret = new DeviceSecret(new ManagedHmac(), secret);
        Book = new CodeBook(Log, Secret, capacity);
        Tables = new Tables(Log, Book, new LockState(Log, Clock));
        Loader = new Loader(Tables);
        Reclaim = new Reclaim(Log, Tables);
    }

    /// <summary>Erases ahead, as the agent does while idle.</summary>
    internal void MakeReady()
    {
        for (int ms = 0; ms < 60; ms++)
        {
            Clock.Advance(1);
            Log.Step(true);
        }
    }

    /// <summary>Appends frames that count for nothing until the oldest sector must go.</summary>
    internal void FillUntilReclaim()
    {
        for (int i = 0; i < MostSteps && !Log.Ring.NeedsReclaim; i++)
        {
            if (Log.Ring.IsSettled)
            {
                Assert.AreEqual((int)StorageStatus.Ok, (int)Log.Append(_filler, 2, out _));
            }

            Clock.Advance(1);
            Log.Step(true);
        }

        Assert.IsTrue(Log.Ring.NeedsReclaim);
    }

    /// <summary>Carries on what counts in the oldest sector, and erases it.</summary>
    /// <param name="utc">The time; 0 when not known.</param>
    /// <returns>Groups that were carried on.</returns>
    internal int CarryOldest(long utc)
    {
        int oldest = Log.Ring.After(Log.Ring.Newest);
        long programs = Chip.Counters.PagePrograms;
        for (int i = 0; i < MostSteps && Log.Ring.Newest != oldest; i++)
        {
            Reclaim.Step(utc);
            Clock.Advance(1);
            Log.Step(true);
        }

        Assert.AreEqual(oldest, Log.Ring.Newest, "the oldest sector was made ready");

        // But for the mark that retires the sector, and its new header.
        return (int)(Chip.Counters.PagePrograms - programs) - 2;
    }

    /// <summary>Fills the ring and carries on, until each sector has been erased again.</summary>
    internal void Lap()
    {
        for (int i = 0; i < _sectors; i++)
        {
            FillUntilReclaim();
            CarryOldest(0);
        }
    }

    /// <summary>Stores a code and its attempt.</summary>
    /// <returns>Where it lies.</returns>
    internal int Add(AccessCode code)
    {
        Assert.AreEqual((int)StorageStatus.Ok, (int)Book.Add(code, out int location));
        Attempts.Add(code.Bytes, location);
        return location;
    }

    /// <summary>Stores an answer.</summary>
    /// <returns>Where it lies.</returns>
    internal int Append(byte[] attempt)
    {
        Assert.AreEqual((int)StorageStatus.Ok, (int)Log.Append(attempt, 1, out int location));
        Attempts.Add(attempt, location);
        return location;
    }

    /// <summary>Stores an event with the next sequence.</summary>
    /// <returns>Where it lies.</returns>
    internal int AppendEvent()
    {
        byte[] frame = new byte[Frame.SizeBytes];
        frame[Frame.Type] = (byte)FrameType.Event;
        Frame.PutUInt16(frame, Frame.Slot, SectorIndex.NoSlot);
        frame[Frame.Action] = (byte)EventKind.CommandRetained;
        Frame.PutUInt32(frame, Frame.Serial, Tables.Events.Next);
        Assert.AreEqual((int)StorageStatus.Ok, (int)Log.Append(frame, 1, out int location));
        Tables.Events.Add(frame, location);
        return location;
    }

    /// <summary>Deletes a code by an attempt with this number.</summary>
    /// <param name="until">The tombstone is kept until this time.</param>
    internal int Remove(int slot, int number, uint until)
    {
        byte[] frame = Tombstone(slot, number, until);
        Assert.AreEqual((int)StorageStatus.Ok, (int)Book.Remove(slot, frame, out int location));
        Attempts.Add(frame, location);
        Tables.Tombstones.Add(frame, location);
        return location;
    }

    private byte[] Tombstone(int slot, int number, uint until)
    {
        AccessCode code = new();
        Assert.AreEqual((int)StorageStatus.Ok, (int)Book.Read(slot, code));
        byte[] frame = Attempt(number);
        frame[Frame.Type] = (byte)FrameType.Tombstone;
        System.Array.Copy(code.Bytes, Frame.AccessCodeId, frame, Frame.AccessCodeId,
            Uuid.SizeBytes);
        Frame.PutUInt32(frame, Frame.Detail, until);
        return frame;
    }

    /// <summary>The slot of a code with this number; -1 when there is none.</summary>
    internal int SlotOf(int number) => Book.FindById(Id(number), 0, new AccessCode());

    /// <summary>True when an attempt has an answer.</summary>
    internal bool IsAnswered(byte[] id)
    {
        StorageStatus status = Attempts.Find(id, new byte[Frame.SizeBytes], out bool isFound);
        Assert.AreEqual((int)StorageStatus.Ok, (int)status);
        return isFound;
    }

    /// <summary>What digits do at a time; -1: the time is not known.</summary>
    internal CodeMatch Match(string digits, long utc)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(digits);
        return Book.Match(bytes, bytes.Length, utc >= 0, utc, out _);
    }

    /// <summary>A bit of a frame changes by itself.</summary>
    internal void Rot(int location, int offset) =>
        Chip.Image[location * Frame.SizeBytes + offset] ^= 1;
}
