using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class FlagsTests
{
    private const int Size = 21;

    [TestMethod]
    public void Each_place_has_a_bit_of_its_own()
    {
        Flags flags = new(Size);
        for (int place = 0; place < Size; place++)
        {
            flags.Set(place, true);
            for (int other = 0; other < Size; other++)
            {
                Assert.AreEqual(other == place, flags.IsSet(other));
            }

            flags.Set(place, false);
            Assert.IsFalse(flags.IsSet(place));
        }
    }

    [TestMethod]
    public void The_next_clear_one_is_found_wherever_it_is()
    {
        Flags flags = new(Size);
        for (int place = 0; place < Size; place++)
        {
            flags.Set(place, true);
        }

        Assert.AreEqual(-1, flags.FindClear(0));
        for (int clear = 0; clear < Size; clear++)
        {
            flags.Set(clear, false);
            for (int from = 0; from <= Size; from++)
            {
                Assert.AreEqual(from <= clear ? clear : -1, flags.FindClear(from));
            }

            flags.Set(clear, true);
        }
    }
}
