using System.Text;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>The storage of a lock over a simulated chip, without keypad and network.</summary>
internal sealed class BenchStore
{
    private const int SecretSeed = 7;
    private readonly DeviceSecret _secret;
    private readonly AccessCode _code = new();
    private readonly byte[] _tombstone = new byte[Frame.SizeBytes];
    private readonly SlotLog _log;
    private readonly Loader _loader;
    private readonly Reclaim _reclaim;

    public BenchStore(W25qChip chip, VirtualClock clock, int sectors, int capacity)
    {
        var secret = new byte[DeviceSecret.SizeBytes];
        new SeededRandom(SecretSeed).Fill(secret, 0, secret.Length);
        _secret = new DeviceSecret(new HostKeyedHash(), secret);
        Flash = new SpiNorFlash(chip, clock);
        _log = new SlotLog(Flash, 0, sectors);
        var state = new LockState(_log, clock);
        Attempts = new ActionAttempts(_log, Limits.Remembered(capacity));
        var events = new FrameWindow(Limits.Events);
        Book = new CodeBook(_log, _secret, state, capacity, CodeConstraint.None,
            new TimeOfDay(clock, state), new byte[Frame.SizeBytes], new AccessCode(),
            new AccessCode());
        Book.Slots.Make(capacity);
        var work = new AccessCode();
        _loader = new Loader(_log, Book, Attempts, events, state, work);
        _reclaim = new Reclaim(_log, Book, Attempts, events, state, work);
    }

    public SpiNorFlash Flash { get; }

    public CodeBook Book { get; }

    public ActionAttempts Attempts { get; }

    public Ring Ring => _log.Ring;

    public void Open() => Expect(Flash.Open(0) == FlashStatus.Ok, "open");

    public void Mount() => Expect(_log.Mount() == StorageStatus.Ok, "mount");

    public void Load()
    {
        while (!_loader.IsDone)
        {
            _loader.Step();
        }
    }

    /// <summary>One slice of idle work; true while there is more.</summary>
    public bool Idle()
    {
        _reclaim.Step(0);
        _log.Step(true);
        return !Ring.IsSettled;
    }

    public void Create(int number)
    {
        Fill(number, 0);
        Expect(Book.Add(_code, out int location) == StorageStatus.Ok, "create");
        Attempts.Add(_code.Bytes, location);
    }

    public void Update(int slot, int version)
    {
        Expect(Book.Read(slot, _code) == StorageStatus.Ok, "read");
        Fill(NumberOf(_code), version);
        _code.Slot = slot;
        Expect(Book.Replace(_code, out int location) == StorageStatus.Ok, "update");
        Attempts.Add(_code.Bytes, location);
    }

    public void MarkUsed(int slot) =>
        Expect(Book.MarkUsed(slot, 0) == StorageStatus.Ok, "mark used");

    public void Delete(int slot)
    {
        Expect(Book.Read(slot, _code) == StorageStatus.Ok, "read");
        Array.Clear(_tombstone);
        Array.Copy(_code.Bytes, Frame.AccessCodeId, _tombstone, Frame.AccessCodeId, Uuid.SizeBytes);
        _tombstone[Frame.Type] = (byte)FrameType.Tombstone;
        Frame.PutUInt32(_tombstone, Frame.AttemptId, Attempts.Window.Next);
        Frame.PutUInt32(_tombstone, Frame.Serial, Attempts.Window.Next);
        Frame.PutUInt32(_tombstone, Frame.Detail, uint.MaxValue);
        StorageStatus status = Book.Remove(slot, _tombstone, out int location);
        Expect(status == StorageStatus.Ok, "delete");
        Attempts.Add(_tombstone, location);
    }

    private static int NumberOf(AccessCode code) =>
        (int)Frame.GetUInt32(code.Bytes, Frame.AccessCodeId);

    private static void Expect(bool isOk, string what)
    {
        if (!isOk)
        {
            throw new InvalidOperationException($"{what} failed");
        }
    }

    private void Fill(int number, int version)
    {
        _code.Clear();
        uint serial = Attempts.Window.Next;
        Frame.PutUInt32(_code.Bytes, Frame.AttemptId, serial);
        Frame.PutUInt32(_code.Bytes, Frame.AccessCodeId, (uint)number);
        byte[] digits = Encoding.ASCII.GetBytes($"{number:D6}{version:D6}");
        _secret.ComputeDigitsMac(digits, digits.Length, _code.Bytes, Frame.DigitsMac);
        _code.StartsAt = 1_700_000_000 + version;
        _code.EndsAt = 1_800_000_000;
        _code.Serial = serial;
    }
}
