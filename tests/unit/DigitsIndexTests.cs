using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class DigitsIndexTests
{
    private const int Capacity = 6;
    private const int Other = 8;
    private const int Absent = -1;

    [TestMethod]
    public void Next_finds_every_slot_with_a_MAC_and_no_other()
    {
        DigitsIndex index = new(Capacity);
        index.Add(3, 5);
        index.Add(1, 5 + Other);
        index.Add(0, 5);
        Check(index, new[] { 5, 5 + Other, Absent, 5, Absent, Absent }, 5);
        Check(index, new[] { 5, 5 + Other, Absent, 5, Absent, Absent }, 5 + Other);
        Check(index, new[] { 5, 5 + Other, Absent, 5, Absent, Absent }, 6);
    }

    [TestMethod]
    public void Next_finds_nothing_in_an_empty_index() =>
        Check(new DigitsIndex(Capacity), Empty(), 0);

    [TestMethod]
    public void Remove_of_an_absent_slot_changes_nothing()
    {
        DigitsIndex index = new(Capacity);
        index.Add(2, 0);
        index.Remove(4);
        index.Remove(2);
        index.Remove(2);
        Check(index, Empty(), 0);
    }

    // Few MACs for the slots, so that several have the same.
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Adding_and_removing_at_random_is_as_an_array_does_it(int seed)
    {
        SeededRandom random = new(seed);
        DigitsIndex index = new(Capacity);
        int[] model = Empty();
        int[] macs = { 0, 1, 2, 0xFFFF };
        for (int i = 0; i < 150; i++)
        {
            int slot = random.Next(Capacity);
            if (model[slot] == Absent)
            {
                model[slot] = macs[random.Next(macs.Length)];
                index.Add(slot, (ushort)model[slot]);
            }
            else
            {
                model[slot] = Absent;
                index.Remove(slot);
            }

            for (int j = 0; j < macs.Length; j++)
            {
                Check(index, model, macs[j]);
            }
        }
    }

    private static int[] Empty() =>
        new[] { Absent, Absent, Absent, Absent, Absent, Absent };

    private static void Check(DigitsIndex index, int[] model, int mac)
    {
        int found = 0;
        int cursor = index.FirstOf((ushort)mac);
        for (int slot = index.Next((ushort)mac, ref cursor); slot != Absent;
            slot = index.Next((ushort)mac, ref cursor))
        {
            Assert.AreEqual(mac, model[slot]);
            found |= 1 << slot;
        }

        int expected = 0;
        for (int slot = 0; slot < Capacity; slot++)
        {
            expected |= model[slot] == mac ? 1 << slot : 0;
        }

        Assert.AreEqual(expected, found);
    }
}
