using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SpiNorFlashEraseTests
{
    [TestMethod]
    public void Erase_is_begun_and_asked_after()
    {
        FlashBoard board = Programmed();
        FlashBoard.Check(FlashStatus.Ok, board.Flash.BeginErase(4096));
        Assert.IsTrue(board.Clock.Milliseconds < 5, "it waited");
        Assert.IsTrue(board.Flash.IsBusy);
        FlashBoard.Check(FlashStatus.Busy, board.Flash.PollErase());
        board.Clock.Advance(46);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.PollErase());
        Assert.IsFalse(board.Flash.IsBusy);
        Assert.AreEqual(0xFF, board.ByteAt(4096));
        Assert.AreEqual(0xFF, board.ByteAt(8191));
        Assert.AreEqual(0, board.ByteAt(0));
        Assert.AreEqual(0, board.ByteAt(8192));
    }

    [TestMethod]
    public void Poll_without_an_erase_sends_nothing()
    {
        FlashBoard board = FlashBoard.Opened();
        long before = board.Chip.Counters.Transactions;
        FlashBoard.Check(FlashStatus.Ok, board.Flash.PollErase());
        Assert.IsFalse(board.Flash.IsBusy);
        Assert.AreEqual(before, board.Chip.Counters.Transactions);
    }

    [TestMethod]
    public void Nothing_is_sent_to_a_chip_that_erases()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Flash.BeginErase(0);
        long before = board.Chip.Counters.Transactions;
        byte[] one = new byte[1];
        FlashBoard.Check(FlashStatus.Busy, board.Flash.Read(8192, one, 0, 1));
        FlashBoard.Check(FlashStatus.Busy, board.Flash.Program(8192, one, 0, 1));
        FlashBoard.Check(FlashStatus.Busy, board.Flash.BeginErase(8192));
        Assert.AreEqual(before, board.Chip.Counters.Transactions);
    }

    [TestMethod]
    public void Suspended_the_other_sectors_work()
    {
        FlashBoard board = Programmed();
        board.Flash.BeginErase(4096);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Suspend());
        Assert.IsTrue(board.Flash.IsBusy);
        Assert.AreEqual(0, board.ByteAt(0));
        byte[] data = FlashBoard.Pattern(2);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(4094, data, 0, 2));
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(8200, data, 0, 2));
        Assert.AreEqual((int)data[1], board.ByteAt(4095));
        Assert.AreEqual((int)data[1], board.ByteAt(8201));
    }

    [TestMethod]
    public void Suspended_the_sector_itself_is_busy()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Flash.BeginErase(4096);
        board.Flash.Suspend();
        byte[] many = new byte[5000];
        FlashBoard.Check(FlashStatus.Busy, board.Flash.Read(4096, many, 0, 1));
        FlashBoard.Check(FlashStatus.Busy, board.Flash.Read(4095, many, 0, 2));
        FlashBoard.Check(FlashStatus.Busy, board.Flash.Read(4000, many, 0, 5000));
        FlashBoard.Check(FlashStatus.Busy, board.Flash.Program(8191, many, 0, 1));
        FlashBoard.Check(FlashStatus.Busy, board.Flash.BeginErase(0));
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Read(8192, many, 0, 1));
    }

    [TestMethod]
    public void Suspended_erase_ends_once_resumed()
    {
        FlashBoard board = Programmed();
        board.Flash.BeginErase(4096);
        board.Clock.Advance(20);
        board.Flash.Suspend();
        board.Clock.Advance(5000);
        FlashBoard.Check(FlashStatus.Busy, board.Flash.PollErase());
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Resume());
        FlashBoard.Check(FlashStatus.Busy, board.Flash.PollErase());
        board.Clock.Advance(20);
        FlashBoard.Check(FlashStatus.Busy, board.Flash.PollErase());
        board.Clock.Advance(10);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.PollErase());
        Assert.AreEqual(0xFF, board.ByteAt(4096));
    }

    [TestMethod]
    public void Suspend_may_follow_a_resume_at_once()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Flash.BeginErase(0);
        for (int i = 0; i < 5; i++)
        {
            FlashBoard.Check(FlashStatus.Ok, board.Flash.Suspend());
            FlashBoard.Check(FlashStatus.Ok, board.Flash.Resume());
        }

        Assert.IsTrue(board.Flash.IsBusy);
        Assert.AreEqual(0, board.Chip.Counters.IgnoredCommands);
    }

    [TestMethod]
    public void Suspend_of_an_erase_that_is_over_is_fine()
    {
        FlashBoard board = FlashBoard.Opened();
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Suspend());
        board.Flash.BeginErase(0);
        board.Clock.AdvanceNanoseconds(W25qChip.TypicalEraseNanoseconds - 10000);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Suspend());
        Assert.IsFalse(board.Flash.IsBusy);
        Assert.AreEqual(0xFF, board.ByteAt(0));
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Resume());
    }

    [TestMethod]
    public void Time_suspended_is_not_counted_against_the_erase()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.EraseNanoseconds = 600000000;
        board.Clock.Advance(1000);
        board.Flash.BeginErase(0);
        board.Flash.Suspend();
        board.Clock.Advance(1000);
        board.Flash.Resume();
        board.Clock.Advance(399);
        FlashBoard.Check(FlashStatus.Busy, board.Flash.PollErase());
        board.Clock.Advance(5);
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.PollErase());
    }

    [TestMethod]
    public void Suspend_without_an_erase_is_no_command_of_its_own()
    {
        FlashBoard board = new(FlashParts.Find(0xC84016));
        board.Flash.Open(0);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Suspend());
    }

    [TestMethod]
    public void Verify_asks_for_the_id_unless_an_erase_runs()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Flash.BeginErase(0);
        long before = board.Chip.Counters.Transactions;
        FlashBoard.Check(FlashStatus.Busy, board.Flash.Verify());
        Assert.AreEqual(before, board.Chip.Counters.Transactions);
        board.Flash.Suspend();
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Verify());
    }

    [TestMethod]
    public void Suspend_takes_less_than_40_us()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Flash.BeginErase(0);
        long before = board.Clock.Nanoseconds;
        board.Flash.Suspend();
        Assert.IsTrue(board.Clock.Nanoseconds - before < 40000);
    }

    [TestMethod]
    public void Suspend_is_not_supported_by_every_part()
    {
        FlashBoard board = new(FlashParts.Find(0xC84016));
        board.Flash.Open(0);
        board.Flash.BeginErase(0);
        FlashBoard.Check(FlashStatus.NotSupported, board.Flash.Suspend());
        FlashBoard.Check(FlashStatus.Busy, board.Flash.PollErase());
    }

    [TestMethod]
    public void Slowest_erase_of_the_datasheet_is_waited_for()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.EraseNanoseconds = 400000000;
        board.Flash.BeginErase(0);
        board.Clock.Advance(399);
        FlashBoard.Check(FlashStatus.Busy, board.Flash.PollErase());
        board.Clock.Advance(1);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.PollErase());
    }

    [TestMethod]
    public void Erase_that_takes_too_long_is_given_up_until_the_chip_is_idle()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.EraseNanoseconds = 600000000;
        board.Flash.BeginErase(0);
        board.Clock.Advance(403);
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.PollErase());
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.PollErase());
        FlashBoard.Check(FlashStatus.Timeout, board.Flash.Program(8192, new byte[1], 0, 1));
        board.Clock.Advance(200);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.PollErase());
        FlashBoard.Check(FlashStatus.Ok, board.Flash.BeginErase(0));
    }

    /// <summary>0 begins the first three sectors and ends the second.</summary>
    private static FlashBoard Programmed()
    {
        FlashBoard board = FlashBoard.Opened();
        byte[] zero = new byte[1];
        board.Flash.Program(0, zero, 0, 1);
        board.Flash.Program(4096, zero, 0, 1);
        board.Flash.Program(8191, zero, 0, 1);
        board.Flash.Program(8192, zero, 0, 1);
        return board;
    }
}
