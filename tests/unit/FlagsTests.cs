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
        byte[] flags = Flags.Make(Size);
        for (int place = 0; place < Size; place++)
        {
            Flags.Set(flags, place, true);
            for (int other = 0; other < Size; other++)
            {
                Assert.AreEqual(other == place, Flags.IsSet(flags, other));
            }

            Flags.Set(flags, place, false);
            Assert.IsFalse(Flags.IsSet(flags, place));
        }
    }

    [TestMethod]
    public void The_next_clear_one_is_found_wherever_it_is()
    {
        byte[] flags = Flags.Make(Size);
        for (int place = 0; place < Size; place++)
        {
            Flags.Set(flags, place, true);
        }

        Assert.AreEqual(-1, Flags.FindClear(flags, Size, 0));
        for (int clear = 0; clear < Size; clear++)
        {
            Flags.Set(flags, clear, false);
            for (int from = 0; from <= Size; from++)
            {
                Assert.AreEqual(from <= clear ? clear : -1, Flags.FindClear(flags, Size, from));
            }

            Flags.Set(flags, clear, true);
        }
    }
}
