using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What a step of a full lock asks of the flash while everything happens: a loop over all
/// codes that slips into one shows here. Too slow for the device's runtime.</summary>
[TestClass]
public class StepCostTests
{
    private const int Capacity = 250;
    private const int Sectors = 32;
    private const int W25Q32 = 0xEF4016;
    private const int MostSteps = 20_000;
    private const int Hour = 3_600_000;

    // Loading, or the schedule and beside it a command or a message, a frame carried on, and what
    // is appended with its readings back.
    private const int MostReads = Limits.SlotsPerStep + 12;

    // While loading, a sector that a start left without an index is read whole.
    private const int MostBytes = 4096 + Limits.SlotsPerStep * 2 * Frame.SizeBytes;

    // A command, an event, a frame carried on, and the lock's state.
    private const int MostPrograms = 4;

    // The schedule's tags, and those of a command and of a frame carried on.
    private const int MostHashes = Limits.PassedPerStep + 6;
    private const string Prefix = "keyway/v1/" + TestLock.DeviceId + "/";
    private long _reads;
    private long _bytes;
    private long _programs;
    private long _hashes;

    [TestMethod]
    public void No_step_of_a_busy_full_lock_reads_or_writes_much()
    {
        TestLock door = new(Capacity, W25Q32, Sectors);
        door.PowerUp();
        Settle(door);
        Fill(door);
        Enter(door, "100007#");
        Enter(door, "000000#");
        Ask(door);
        Settle(door);
        Pass(door, Hour);
        Replace(door);
        Pass(door, 2 * Hour);
        door.CutPower();
        door.PowerUp();
        Settle(door);
        Enter(door, "100011#");
        Assert.AreEqual(Capacity - (Capacity + 2) / 4, door.Agent.Codes.Count,
            "deferred ones were removed at their end");
        Assert.IsTrue(door.Chip.Counters.Erases > Sectors, "frames were carried on");
        Assert.IsTrue(_reads <= MostReads, "reads: " + _reads);
        Assert.IsTrue(_bytes <= MostBytes, "bytes read: " + _bytes);
        Assert.IsTrue(_programs <= MostPrograms, "page programs: " + _programs);
        Assert.IsTrue(_hashes <= MostHashes, "MACs: " + _hashes);
    }

    // Half of them are ongoing, the others end within the day; the lock sets and removes some.
    private void Fill(TestLock door)
    {
        for (int i = 1; i <= Capacity; i++)
        {
            string window = i % 2 == 0 ? ""
                : ",'starts_at':'2026-11-24T11:30:00Z','ends_at':'2026-11-24T12:30:00Z'"
                    + (i % 4 == 1 ? ",'prefer_native_scheduling':false" : "");
            Send(door, "access_codes/create", i, ",'code':'" + (100000 + i) + "'" + window);
        }

        Assert.AreEqual(Capacity, door.Agent.Codes.Count, door.LastAnswer);
    }

    private void Ask(TestLock door)
    {
        for (int cursor = 0; cursor < Capacity; cursor += Limits.ListPage)
        {
            Send(door, "access_codes/list", 500, ",'page_cursor':'" + cursor + "'");
        }

        Send(door, "access_codes/create", 600, ",'code':'600600'");
        Send(door, "access_codes/create", 601, ",'code':'100002'");
    }

    private void Replace(TestLock door)
    {
        for (int i = 2; i <= Capacity; i += 2)
        {
            Send(door, "access_codes/update", 1000 + i,
                ",'access_code_id':'" + TestJson.Id(i) + "','name':'Anna'");
            Send(door, "access_codes/delete", 2000 + i,
                ",'access_code_id':'" + TestJson.Id(i) + "'");
            Send(door, "access_codes/create", 3000 + i, ",'code':'" + (900000 + i) + "'");
        }
    }

    private void Send(TestLock door, string word, int attempt, string members)
    {
        byte[] payload = TestJson.Bytes("{'action_attempt_id':'" + TestJson.Id(attempt)
            + "','device_id':'" + TestLock.DeviceId + "'" + members + "}");
        Assert.IsTrue(door.Broker.Deliver(Prefix + word, payload, false));
        Run(door, 10);
        if (attempt % 8 == 0)
        {
            Settle(door);
        }
    }

    private void Enter(TestLock door, string keys)
    {
        door.Board.Keypad.Type(keys, 30, 30);
        while (door.Board.Keypad.IsTyping)
        {
            Run(door, 1);
        }

        Run(door, Limits.FeedbackDelayMs + 30);
    }

    private void Pass(TestLock door, long ms)
    {
        door.Clock.Advance(ms);
        Run(door, 10);
        Settle(door);
    }

    private void Settle(TestLock door)
    {
        Run(door, 10);
        for (int i = 0; i < MostSteps && !door.Agent.IsSettled; i++)
        {
            Run(door, 1);
        }

        Assert.IsTrue(door.Agent.IsSettled);
    }

    private void Run(TestLock door, int steps)
    {
        FlashCounters flash = door.Chip.Counters;
        for (int i = 0; i < steps; i++)
        {
            long reads = flash.Reads;
            long bytes = flash.BytesRead;
            long programs = flash.PagePrograms;
            long hashes = door.Hash.Computations;
            door.Clock.Advance(1);
            door.Agent.Step();
            _reads = Larger(_reads, flash.Reads - reads);
            _bytes = Larger(_bytes, flash.BytesRead - bytes);
            _hashes = Larger(_hashes, door.Hash.Computations - hashes);
            _programs = Larger(_programs, flash.PagePrograms - programs);
        }
    }

    private static long Larger(long one, long other) => one > other ? one : other;
}
