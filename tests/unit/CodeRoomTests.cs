using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CodeRoomTests
{
    [TestMethod]
    [DataRow(20, 0, 17)]
    [DataRow(12, 0, 9)]
    [DataRow(8, 0, 6)]
    [DataRow(4, 0, 3)]
    [DataRow(3, 0, 3)]
    [DataRow(4, 3, 0)]
    [DataRow(4, 4, 0)]
    public void The_backup_pool_keeps_up_to_three_slots_but_never_more_than_a_quarter(
        int capacity, int codes, int free)
    {
        TestBook shelf = new();
        shelf.Reload(capacity);
        Take(shelf, codes);
        Assert.AreEqual(free, shelf.Room.FreeSlotsWith(true));
        Assert.AreEqual(capacity - codes, shelf.Room.FreeSlotsWith(false));
        Assert.AreEqual(capacity - codes, shelf.Room.FreeSlots);
    }

    [TestMethod]
    public void A_full_lock_has_two_frames_a_slot_all_attempts_all_events_and_a_state() =>
        Assert.AreEqual(2 * 20 + Limits.RememberedMin + Limits.Events + 1,
            new TestBook().Room.LiveFramesFull);

    [TestMethod]
    [DataRow(0, 0, 0)]
    [DataRow(1, 0, 0)]
    [DataRow(0, 1, 0)]
    [DataRow(0, 0, 1)]
    [DataRow(3, 2, 1)]
    public void There_is_room_for_a_code_up_to_the_last_frame_that_may_count(
        int codes, int tombstones, int events)
    {
        TestBook shelf = new(Limits.SectorsMin);
        shelf.Reload(Limits.RememberedMax);
        Take(shelf, codes);
        byte[] frame = new byte[Frame.SizeBytes];
        for (int i = 1; i <= tombstones; i++)
        {
            Frame.PutUInt32(frame, Frame.AccessCodeId, (uint)i);
            shelf.Tombstones.Add(frame, 999 + i);
        }

        for (int i = 1; i <= events; i++)
        {
            Frame.PutUInt32(frame, Frame.Serial, (uint)i);
            shelf.Events.Add(frame, 999);
        }

        // With the state, up to as many attempts as leave that room.
        int most = shelf.Log.LiveFramesMax - Limits.RoomForCode - 1
            - 2 * codes - tombstones - events;
        Assert.IsTrue(most > 0 && most < shelf.Attempts.Window.Size);
        for (int i = 1; i <= most; i++)
        {
            Assert.IsTrue(shelf.Room.HasRoomForCode);
            Frame.PutUInt32(frame, Frame.Serial, (uint)i);
            shelf.Attempts.Window.Add(frame, 999);
        }

        Assert.IsTrue(shelf.Room.HasRoomForCode);
        Frame.PutUInt32(frame, Frame.Serial, (uint)most + 1);
        shelf.Attempts.Window.Add(frame, 999);
        Assert.IsFalse(shelf.Room.HasRoomForCode);
    }

    private static void Take(TestBook shelf, int codes)
    {
        for (int i = 0; i < codes; i++)
        {
            AccessCode code = TestBook.Code(i + 1);
            code.Slot = i;
            shelf.Book.Slots.Place(i, 999);
            shelf.Book.Slots.Learn(code, false);
        }
    }
}
