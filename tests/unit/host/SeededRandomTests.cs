using Keyway.Boards.Virtual;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SeededRandomTests
{
    [TestMethod]
    public void Sequence_is_the_same_on_every_platform()
    {
        SeededRandom random = new(1);
        Assert.AreEqual(3090573325u, random.NextBits());
        Assert.AreEqual(3553206358u, random.NextBits());
    }

    [TestMethod]
    public void Neighbouring_seeds_differ()
    {
        byte[] first = new byte[8];
        byte[] second = new byte[8];
        new SeededRandom(7).Fill(first, 0, 8);
        new SeededRandom(8).Fill(second, 0, 8);
        int same = 0;
        for (int i = 0; i < 8; i++)
        {
            same += first[i] == second[i] ? 1 : 0;
        }

        Assert.IsTrue(same < 3);
    }

    [TestMethod]
    public void Fill_keeps_to_its_range()
    {
        byte[] buffer = new byte[10];
        new SeededRandom(3).Fill(buffer, 2, 6);
        Assert.AreEqual(0, buffer[0] + buffer[1] + buffer[8] + buffer[9]);
        Assert.AreNotEqual(0, buffer[2] + buffer[3] + buffer[4] + buffer[5]);
    }

    [TestMethod]
    public void Next_reaches_all_below_the_bound_and_nothing_else()
    {
        SeededRandom random = new(5);
        int seen = 0;
        for (int i = 0; i < 200; i++)
        {
            int value = random.Next(7);
            Assert.IsTrue(value >= 0 && value < 7);
            seen |= 1 << value;
        }

        Assert.AreEqual(0x7F, seen);
    }
}
