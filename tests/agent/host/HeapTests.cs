using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>A lock whose memory is short: what is stored opens, and what it cannot do it says.
/// </summary>
[TestClass]
public class HeapTests
{
    private const int Capacity = 60;
    private const int Stored = 30;
    private const int Needed = 5_000;
    private const int W25Q32 = 0xEF4016;
    private const string Status = "/status";

    [TestMethod]
    public void A_new_lock_has_as_many_slots_as_fit_and_says_so()
    {
        TestLock door = Made(20);
        Power(door);
        string status = door.LastOn(Status);
        Assert.IsTrue(status.Contains("'max_active_codes_supported':20,"), status);
        Assert.IsTrue(status.Contains("'is_heap_short':true,"), status);
        Assert.IsTrue(status.Contains("'free_heap_bytes':6480,"), status);
        Fill(door, 20);
        door.Send(TestLock.Create(99, "9999") + "}");
        door.Settle();
        Assert.IsTrue(door.LastOn("/action_attempts")
            .Contains("no_space_for_access_code_on_device"));
        Assert.AreEqual(20, door.Agent.Codes.Count);
    }

    /// <summary>Also those in slots for which there seemed to be no memory, through reclaiming and
    /// another start; and with more memory it has all its slots again.</summary>
    [TestMethod]
    public void Every_stored_code_opens_and_none_is_lost()
    {
        TestLock door = Made(Capacity);
        Power(door);
        Assert.IsTrue(door.LastOn(Status).Contains("'is_heap_short':false,"));
        Fill(door, Stored);
        door.Board.Heap.Bytes = Needed;
        for (int start = 0; start < 2; start++)
        {
            door.CutPower();
            Power(door);
            Assert.AreEqual(Stored, door.Agent.Codes.Capacity);
            Assert.AreEqual(Stored, door.Agent.Codes.Count);
            Assert.AreEqual(0, door.CountOf("access codes cannot be read"));
            string status = door.LastOn(Status);
            Assert.IsTrue(status.Contains("'is_heap_short':true,"), status);
            Assert.IsTrue(status.Contains("'free_slots':0,"), status);
            for (int i = 0; i < Stored; i++)
            {
                Assert.IsTrue(door.Opens(Digits(i)), Digits(i));
            }

            // Changes until the oldest sectors have been carried on.
            for (int i = 0; i < 400; i++)
            {
                door.Order("access_codes/update", 1_000 + i + 400 * start, 1,
                    ",'name':'Ada " + i + "'");
                door.Settle();
            }
        }

        door.Board.Heap.Bytes = int.MaxValue;
        door.CutPower();
        Power(door);
        Assert.AreEqual(Capacity, door.Agent.Codes.Capacity);
        Assert.AreEqual(Stored, door.Agent.Codes.Count);
    }

    [TestMethod]
    public void Below_what_a_connection_needs_the_keypad_works_alone()
    {
        TestLock door = Made(Capacity);
        Power(door);
        Fill(door, 3);
        door.Board.Heap.Bytes = Needed - 1;
        door.CutPower();
        door.Broker.ClearPublished();
        door.PowerUp();
        door.Pass(3 * Limits.ReconnectMaxMs);
        Assert.IsTrue(door.Agent.Link.IsHeapShort);
        Assert.AreEqual(Needed - 1, door.Agent.Link.FreeHeapBytes);
        Assert.AreEqual(0, door.Broker.PublishedCount);
        Assert.IsTrue(door.Opens(Digits(2)));
        door.Board.Heap.Bytes = Needed;
        door.Pass(2 * Limits.ReconnectMaxMs);
        Assert.IsFalse(door.Agent.Link.IsHeapShort);
        Assert.IsTrue(door.LastOn(Status).Contains("'free_heap_bytes':5000,"));
    }

    /// <summary>Asking collects, which takes time: not while somebody waits.</summary>
    [TestMethod]
    public void The_heap_is_asked_at_the_start_and_before_a_connect()
    {
        TestLock door = Made(Capacity);
        Power(door);
        int asked = door.Board.Heap.Asked;
        Assert.AreEqual(2, asked);
        Fill(door, 3);
        Assert.IsTrue(door.Opens(Digits(1)));
        door.Pass(60_000);
        Assert.AreEqual(asked, door.Board.Heap.Asked);
        door.Board.Heap.Bytes = 0;
        door.Broker.DropConnection();
        door.Type("1");
        door.Pass(Limits.KeypadAwakeMs / 2);
        Assert.AreEqual(asked, door.Board.Heap.Asked);
        door.Pass(20 * 60_000);
        Assert.IsTrue(door.Board.Heap.Asked < asked + 20, door.Board.Heap.Asked.ToString());
    }

    // Room for so many slots.
    private static TestLock Made(int slots)
    {
        TestLock door = new(Capacity, W25Q32);
        door.Board.Ports.ConnectHeapBytes = Needed;
        door.Board.Heap.Bytes = Needed + HeapNeeds.StartBytes + slots * HeapNeeds.SlotBytes;
        return door;
    }

    private static void Power(TestLock door)
    {
        door.PowerUp();
        door.Settle();
    }

    private static void Fill(TestLock door, int codes)
    {
        for (int i = 0; i < codes; i++)
        {
            door.Send(TestLock.Create(i + 1, Digits(i)) + "}");
            door.Settle();
        }

        Assert.AreEqual(codes, door.Agent.Codes.Count);
    }

    private static string Digits(int code) => (2_000 + code * 7).ToString();
}
