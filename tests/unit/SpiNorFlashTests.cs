using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SpiNorFlashTests
{
    private const int Mebibyte16 = 16 * 1024 * 1024;

    [TestMethod]
    public void Program_then_read_gives_the_bytes_back()
    {
        FlashBoard board = FlashBoard.Opened();
        byte[] data = FlashBoard.Pattern(600);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(200, data, 0, 600));
        byte[] back = new byte[600];
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Read(200, back, 0, 600));
        CollectionAssert.AreEqual(FlashBoard.Pattern(600), back);
        CollectionAssert.AreEqual(FlashBoard.Pattern(600), data, "the caller's buffer changed");
        Assert.AreEqual(0xFF, board.ByteAt(199));
        Assert.AreEqual(0xFF, board.ByteAt(800));
    }

    [TestMethod]
    public void Read_and_program_take_a_range_of_the_buffer()
    {
        FlashBoard board = FlashBoard.Opened();
        byte[] data = FlashBoard.Pattern(20);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(0, data, 5, 10));
        byte[] back = new byte[20];
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Read(0, back, 3, 10));
        Assert.AreEqual(0, (int)back[2]);
        Assert.AreEqual((int)data[5], (int)back[3]);
        Assert.AreEqual((int)data[14], (int)back[12]);
        Assert.AreEqual(0, (int)back[13]);
    }

    [TestMethod]
    public void Page_of_the_driver_is_programmed_and_read_where_it_lies()
    {
        FlashBoard board = FlashBoard.Opened();
        byte[] data = FlashBoard.Pattern(SpiNorFlash.PageSizeBytes);
        byte[] page = board.Flash.Page;
        data.CopyTo(page, SpiNorFlash.PageOffset);
        FlashBoard.Check(FlashStatus.Ok,
            board.Flash.Program(512, page, SpiNorFlash.PageOffset, data.Length));
        Assert.AreEqual(1L, board.Chip.Counters.PagePrograms);
        FlashBoard.Check(FlashStatus.Ok,
            board.Flash.Read(512, page, SpiNorFlash.PageOffset, data.Length));
        for (int i = 0; i < data.Length; i++)
        {
            Assert.AreEqual((int)data[i], (int)page[SpiNorFlash.PageOffset + i]);
        }

        // Another place in it is as good as any buffer's.
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Read(512 + 200, page, 100, 8));
        Assert.AreEqual((int)data[200], (int)page[100]);
        Assert.AreEqual((int)data[207], (int)page[107]);
    }

    [TestMethod]
    public void Program_splits_at_a_page_bound()
    {
        FlashBoard board = FlashBoard.Opened();
        byte[] data = FlashBoard.Pattern(258);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(255, data, 0, 258));
        Assert.AreEqual(3L, board.Chip.Counters.PagePrograms);
        Assert.AreEqual(258L, board.Chip.Counters.BytesProgrammed);
        Assert.AreEqual((int)data[0], board.ByteAt(255));
        Assert.AreEqual((int)data[1], board.ByteAt(256));
        Assert.AreEqual((int)data[257], board.ByteAt(512));
    }

    [TestMethod]
    public void Program_of_a_whole_page_is_one_program()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Flash.Program(4096, FlashBoard.Pattern(256), 0, 256);
        Assert.AreEqual(1L, board.Chip.Counters.PagePrograms);
    }

    [TestMethod]
    public void Program_of_128_bytes_stays_below_760_us()
    {
        FlashBoard board = FlashBoard.Opened();
        long before = board.Clock.Nanoseconds;
        board.Flash.Program(0, FlashBoard.Pattern(128), 0, 128);
        long spent = board.Clock.Nanoseconds - before;
        Assert.IsTrue(spent < 760000, "" + spent + " ns");
    }

    [TestMethod]
    public void Program_waits_for_the_slowest_page_of_the_datasheet()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.ProgramNanoseconds = 3000000;
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(0, FlashBoard.Pattern(1), 0, 1));
    }

    [TestMethod]
    public void Program_gives_up_on_a_chip_that_stays_busy()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.ProgramNanoseconds = 20000000;
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.Program(0, FlashBoard.Pattern(1), 0, 1));
        Assert.IsTrue(board.Clock.Milliseconds <= 6, "longer than a step may take");

        byte[] back = new byte[1];
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.Read(0, back, 0, 1));
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.BeginErase(0));
        board.Clock.Advance(20);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Read(0, back, 0, 1));
    }

    [TestMethod]
    public void Program_reports_a_write_protected_chip()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.IsWriteProtected = true;
        FlashBoard.Check(FlashStatus.WriteProtected,
            board.Flash.Program(0, FlashBoard.Pattern(1), 0, 1));
        FlashBoard.Check(FlashStatus.WriteProtected, board.Flash.BeginErase(0));
        Assert.AreEqual(0, board.Chip.DeviceSteps);
    }

    [TestMethod]
    public void Program_reports_protected_blocks()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.BlockProtectBits = 0x04;
        FlashBoard.Check(FlashStatus.WriteProtected,
            board.Flash.Program(0, FlashBoard.Pattern(1), 0, 1));
        Assert.AreEqual(0, board.Chip.DeviceSteps);
    }

    [TestMethod]
    public void Program_on_a_chip_that_is_gone_ends()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.IsGone = true;
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.Program(0, FlashBoard.Pattern(1), 0, 1));
        board.Chip.IsGone = false;
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(0, FlashBoard.Pattern(1), 0, 1));
    }

    [TestMethod]
    public void Program_on_a_chip_that_is_stuck_ends()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.IsStuckBusy = true;
        byte[] one = new byte[1];
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.Program(0, one, 0, 1));
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.Read(0, one, 0, 1));
        Assert.AreEqual(0, board.Chip.DeviceSteps);
        Assert.AreEqual(0L, board.Chip.Counters.Reads);
    }

    [TestMethod]
    public void Range_reaches_the_last_byte_and_no_further()
    {
        RecordedSpi spi = new(0xEF4018);
        SpiNorFlash flash = new(spi, new VirtualClock());
        FlashBoard.Check(FlashStatus.Ok, flash.Open(0));
        byte[] two = new byte[2];
        FlashBoard.Check(FlashStatus.Ok, flash.Read(Mebibyte16 - 1, two, 0, 1));
        Assert.AreEqual(Mebibyte16 - 1, spi.LastAddress);
        Assert.AreEqual(1, spi.LastCount);
        FlashBoard.Check(FlashStatus.Ok, flash.Program(Mebibyte16 - 2, two, 0, 2));
        Assert.AreEqual(Mebibyte16 - 2, spi.LastAddress);
        FlashBoard.Check(FlashStatus.OutOfRange, flash.Read(Mebibyte16 - 1, two, 0, 2));
        FlashBoard.Check(FlashStatus.OutOfRange, flash.Program(Mebibyte16 - 1, two, 0, 2));
        FlashBoard.Check(FlashStatus.OutOfRange, flash.Read(Mebibyte16, two, 0, 1));
        FlashBoard.Check(FlashStatus.Ok, flash.BeginErase(Mebibyte16 - 4096));
    }

    [TestMethod]
    public void Range_refuses_what_overflows()
    {
        FlashBoard board = FlashBoard.Opened();
        byte[] two = new byte[2];
        long before = board.Chip.Counters.Transactions;
        CheckOutOfRange(board, int.MaxValue, two, 0, 2);
        CheckOutOfRange(board, -1, two, 0, 1);
        CheckOutOfRange(board, 0, two, 0, int.MaxValue);
        CheckOutOfRange(board, 0, two, 0, -1);
        CheckOutOfRange(board, 0, two, 1, 2);
        CheckOutOfRange(board, 0, two, -1, 1);
        CheckOutOfRange(board, 0, two, int.MaxValue, 1);
        FlashBoard.Check(FlashStatus.OutOfRange, board.Flash.BeginErase(8 * 1024 * 1024));
        FlashBoard.Check(FlashStatus.OutOfRange, board.Flash.BeginErase(100));
        FlashBoard.Check(FlashStatus.OutOfRange, board.Flash.BeginErase(-4096));
        Assert.AreEqual(before, board.Chip.Counters.Transactions);
    }

    [TestMethod]
    public void Nothing_to_read_or_program_sends_nothing()
    {
        FlashBoard board = FlashBoard.Opened();
        byte[] none = new byte[0];
        long before = board.Chip.Counters.Transactions;
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Read(8 * 1024 * 1024, none, 0, 0));
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(0, none, 0, 0));
        Assert.AreEqual(before, board.Chip.Counters.Transactions);
    }

    private static void CheckOutOfRange(FlashBoard board, int address, byte[] buffer, int offset,
        int count)
    {
        FlashBoard.Check(FlashStatus.OutOfRange, board.Flash.Read(address, buffer, offset, count));
        FlashBoard.Check(FlashStatus.OutOfRange,
            board.Flash.Program(address, buffer, offset, count));
    }
}
