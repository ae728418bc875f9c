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
    internal const int Sectors = 16;
    private const int W25Q32 = 0xEF4016;
    private const int EraseNanoseconds = 1000000;

    internal TestBook()
    {
        Clock = new VirtualClock();
        Chip = new W25qChip(FlashParts.Find(W25Q32), Clock, Sectors * SpiNorFlash.SectorSizeBytes)
        {
            EraseNanoseconds = EraseNanoseconds,
        };
        Reload(20);
    }

    internal VirtualClock Clock { get; }

    internal W25qChip Chip { get; }

    internal SlotLog Log { get; private set; }

    internal DeviceSecret Secret { get; private set; }

    internal CodeBook Book { get; private set; }

    internal Tables Tables { get; private set; }

    internal ActionAttempts Attempts => Tables.Attempts;

    internal Loader Loader { get; private set; }

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
        SpiNorFlash flash = new(Chip, Clock);
        FlashBoard.Check(FlashStatus.Ok, flash.Open(W25Q32));
        Log = new SlotLog(flash, 0, Sectors);
        Assert.AreEqual((int)StorageStatus.Ok, (int)Log.Mount());
        byte[] secret = new byte[DeviceSecret.SizeBytes];
        secret[0] = 7;
        Secret = new DeviceSecret(new ManagedHmac(), secret);
        Book = new CodeBook(Log, Secret, capacity);
        Tables = new Tables(Log, Book, new LockState(Log, Clock));
        Loader = new Loader(Tables);
        while (!Loader.IsDone)
        {
            Loader.Step();
        }

        MakeReady();
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
