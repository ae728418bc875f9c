using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SpiNorFlashTests
{
    [TestMethod]
    public void Open_finds_the_expected_part()
    {
        VirtualClock clock = new();
        W25qChip chip = Chip(clock);
        SpiNorFlash flash = new(chip, clock);
        Check(FlashStatus.Ok, flash.Open(0xEF4017));
        Assert.AreEqual(0xEF4017, flash.JedecId);
        Assert.AreEqual("W25Q64JV", flash.Part.Name);
    }

    [TestMethod]
    public void Program_then_read_gives_the_bytes_back()
    {
        VirtualClock clock = new();
        SpiNorFlash flash = Opened(Chip(clock), clock);
        byte[] data = Pattern(600);
        Check(FlashStatus.Ok, flash.Program(200, data, 0, data.Length));
        byte[] back = new byte[600];
        Check(FlashStatus.Ok, flash.Read(200, back, 0, back.Length));
        CollectionAssert.AreEqual(data, back);
    }

    [TestMethod]
    public void Program_splits_at_a_page_bound()
    {
        VirtualClock clock = new();
        W25qChip chip = Chip(clock);
        SpiNorFlash flash = Opened(chip, clock);
        byte[] data = Pattern(300);
        Check(FlashStatus.Ok, flash.Program(255, data, 0, 2));
        Assert.AreEqual(2L, chip.Counters.PagePrograms);
        Check(FlashStatus.Ok, flash.Program(4096, data, 0, 256));
        Assert.AreEqual(3L, chip.Counters.PagePrograms);
    }

    [TestMethod]
    public void Program_of_128_bytes_stays_below_760_us()
    {
        VirtualClock clock = new();
        SpiNorFlash flash = Opened(Chip(clock), clock);
        long before = clock.Nanoseconds;
        Check(FlashStatus.Ok, flash.Program(0, Pattern(128), 0, 128));
        Assert.IsTrue(clock.Nanoseconds - before < 760000, "" + (clock.Nanoseconds - before));
    }

    [TestMethod]
    public void Erase_is_begun_and_asked_after()
    {
        VirtualClock clock = new();
        SpiNorFlash flash = Opened(Chip(clock), clock);
        flash.Program(4096, Pattern(16), 0, 16);
        Check(FlashStatus.Ok, flash.BeginErase(4096));
        Assert.IsTrue(flash.IsBusy);
        Check(FlashStatus.Busy, flash.PollErase());
        clock.Advance(46);
        Check(FlashStatus.Ok, flash.PollErase());
        Assert.IsFalse(flash.IsBusy);
        byte[] back = new byte[1];
        flash.Read(4096, back, 0, 1);
        Assert.AreEqual(0xFF, (int)back[0]);
    }

    private static W25qChip Chip(VirtualClock clock) =>
        new(FlashParts.Find(0xEF4017), clock, 16384);

    private static SpiNorFlash Opened(W25qChip chip, VirtualClock clock)
    {
        SpiNorFlash flash = new(chip, clock);
        Check(FlashStatus.Ok, flash.Open(0));
        return flash;
    }

    private static byte[] Pattern(int count)
    {
        byte[] data = new byte[count];
        for (int i = 0; i < count; i++)
        {
            data[i] = (byte)(i * 7);
        }

        return data;
    }

    private static void Check(FlashStatus expected, FlashStatus actual) =>
        Assert.AreEqual((int)expected, (int)actual);
}
