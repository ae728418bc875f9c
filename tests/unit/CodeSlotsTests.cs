using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class CodeSlotsTests
{
    private const int Capacity = 200;

    [TestMethod]
    public void The_lowest_free_slot_is_found_over_full_blocks()
    {
        CodeSlots slots = Made(Capacity);
        for (int i = 0; i < Capacity; i++)
        {
            Assert.AreEqual(i, slots.FindFree());
            Assert.IsTrue(slots.Place(i, i + 1));
        }

        Assert.AreEqual(Capacity, slots.FindFree(), "none is free");
        slots.Empty(199);
        Assert.AreEqual(199, slots.FindFree());
        slots.Empty(130);
        Assert.AreEqual(130, slots.FindFree());
        slots.Place(130, 0);
        slots.Empty(130);
        Assert.AreEqual(130, slots.FindFree(), "lost twice");
        slots.Place(130, 7);
        slots.Place(130, 8);
        slots.Move(130, 9);
        Assert.AreEqual(199, slots.FindFree(), "placed twice");
    }

    [TestMethod]
    public void The_next_placed_slot_is_found_over_empty_blocks()
    {
        CodeSlots slots = Made(Capacity);
        Assert.AreEqual(Capacity, slots.FindPlaced(0));
        slots.Place(3, 1);
        slots.Place(63, 2);
        slots.Place(199, 3);
        Assert.AreEqual(3, slots.FindPlaced(0));
        Assert.AreEqual(3, slots.FindPlaced(3));
        Assert.AreEqual(63, slots.FindPlaced(4));
        Assert.AreEqual(199, slots.FindPlaced(64));
        Assert.AreEqual(Capacity, slots.FindPlaced(200));
        Assert.AreEqual(Capacity, slots.FindPlaced(9999));
        slots.Place(199, 0);
        Assert.AreEqual(Capacity, slots.FindPlaced(64));
    }

    [TestMethod]
    public void A_slot_that_comes_and_goes_stays_the_lowest_free_one()
    {
        CodeSlots slots = Made(Capacity);
        for (int i = 0; i < 130; i++)
        {
            Assert.AreEqual(0, slots.FindFree());
            slots.Place(0, 1);
            Assert.AreEqual(0, slots.FindPlaced(0));
            Assert.AreEqual(1, slots.FindFree());
            slots.Empty(0);
            Assert.AreEqual(Capacity, slots.FindPlaced(0));
        }
    }

    [TestMethod]
    public void A_lost_code_is_found_by_nothing_that_it_had()
    {
        CodeSlots slots = Made(Capacity);
        AccessCode code = TestBook.Code(7);
        code.Slot = 5;
        code.Bytes[AccessCode.CommonKeyOffset] = 1;
        slots.Place(5, 9);
        slots.Learn(code, true);
        int cursor = slots.BeginMac(code.Bytes, Frame.DigitsMac);
        Assert.AreEqual(5, slots.FindMac(code.Bytes, Frame.DigitsMac, ref cursor));
        Assert.AreEqual(5, slots.FindId(code.Bytes, Frame.AccessCodeId, 0));
        Assert.AreEqual(5, slots.FindKey(code, 0));
        slots.Empty(5);
        cursor = slots.BeginMac(code.Bytes, Frame.DigitsMac);
        Assert.AreEqual(-1, slots.FindMac(code.Bytes, Frame.DigitsMac, ref cursor));
        Assert.AreEqual(-1, slots.FindId(code.Bytes, Frame.AccessCodeId, 0));
        Assert.AreEqual(-1, slots.FindKey(code, 0));
    }

    [TestMethod]
    public void A_lock_may_have_as_many_slots_as_the_limit_says() => Assert.AreEqual(
        Limits.Slots, Made(Limits.Slots).Capacity);

    [TestMethod]
    public void There_are_as_many_slots_as_fit_but_for_the_fewest()
    {
        CodeSlots slots = new(Capacity, CodeConstraint.None);
        slots.Fit(null, 0);
        Assert.AreEqual(Capacity, slots.Capacity);
        SettableHeap heap = new() { Bytes = 5_000 + 100 * HeapNeeds.SlotBytes };
        slots.Fit(heap, 5_000);
        Assert.AreEqual(100, slots.Capacity);
        Assert.AreEqual(100, slots.FindPlaced(0));
        heap.Bytes = 100;
        slots.Fit(heap, 5_000);
        Assert.AreEqual(HeapNeeds.SlotsMin, slots.Capacity);
        slots = new(3, CodeConstraint.None);
        slots.Fit(heap, 5_000);
        Assert.AreEqual(3, slots.Capacity);
        Assert.AreEqual(3, slots.Most);
    }

    private static CodeSlots Made(int capacity)
    {
        CodeSlots slots = new(capacity, CodeConstraint.None);
        slots.Make(capacity);
        return slots;
    }
}
