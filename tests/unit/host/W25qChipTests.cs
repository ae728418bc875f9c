using System;
using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class W25qChipTests
{
    [TestMethod]
    public void Program_and_erase_need_the_write_enable_latch()
    {
        FlashBoard board = Board();
        CheckForbidden(board, 0x02, 0, 0, 0, 1);
        CheckForbidden(board, 0x20, 0, 0, 0);
        board.Send(0x06);
        board.Send(0x04);
        CheckForbidden(board, 0x02, 0, 0, 0, 1);
        Assert.AreEqual(0, board.Chip.DeviceSteps);
    }

    [TestMethod]
    public void Latch_clears_after_a_program_and_after_an_erase()
    {
        FlashBoard board = Board();
        board.Send(0x06);
        Assert.AreEqual(0x02, Status(board));
        board.Send(0x02, 0, 0, 0, 1);
        Assert.AreEqual(0x03, Status(board));
        board.Clock.Advance(1);
        Assert.AreEqual(0x00, Status(board));
        board.Send(0x06);
        board.Send(0x20, 0, 0, 0);
        Assert.AreEqual(0x03, Status(board));
        board.Clock.Advance(46);
        Assert.AreEqual(0x00, Status(board));
    }

    [TestMethod]
    public void Busy_chip_forbids_all_but_status()
    {
        FlashBoard board = Board();
        board.Send(0x06);
        board.Send(0x20, 0, 0, 0);
        CheckForbidden(board, 0x03, 0, 0, 0, 0);
        CheckForbidden(board, 0x06);
        CheckForbidden(board, 0x9F, 0, 0, 0);
        CheckForbidden(board, 0xAB);
        Assert.AreEqual(0x03, Status(board));
    }

    [TestMethod]
    public void Status_repeats_and_shows_the_end_within_a_transaction()
    {
        FlashBoard board = Board();
        board.Send(0x06);
        board.Send(0x02, 0, 0, 0, 1);
        board.Clock.AdvanceNanoseconds(W25qChip.TypicalProgramNanoseconds - 1000);
        byte[] answer = board.Send(0x05, 0, 0, 0, 0);
        Assert.AreEqual(0x03, (int)answer[1]);
        Assert.AreEqual(0x03, (int)answer[2]);
        Assert.AreEqual(0x00, (int)answer[3]);
        Assert.AreEqual(0x00, (int)answer[4]);
    }

    [TestMethod]
    public void Programming_only_clears_bits()
    {
        FlashBoard board = Board();
        Program(board, 0x02, 0, 0, 0, 0x3C, 0xFF);
        Assert.AreEqual(0, board.Chip.Counters.ZeroToOneAttempts);
        Program(board, 0x02, 0, 0, 0, 0x0F, 0xFF);
        Assert.AreEqual(0x0C, (int)board.Chip.Image[0]);
        Assert.AreEqual(1, board.Chip.Counters.ZeroToOneAttempts);
        Program(board, 0x02, 0, 0, 0, 0xFF, 0x00);
        Assert.AreEqual(1, board.Chip.Counters.ZeroToOneAttempts, "FF leaves a byte alone");
    }

    [TestMethod]
    public void Program_wraps_inside_its_page()
    {
        FlashBoard board = Board();
        Program(board, 0x02, 0, 1, 0xFF, 1, 2, 3);
        Assert.AreEqual(1, (int)board.Chip.Image[0x1FF]);
        Assert.AreEqual(2, (int)board.Chip.Image[0x100]);
        Assert.AreEqual(3, (int)board.Chip.Image[0x101]);
        Assert.AreEqual(0xFF, (int)board.Chip.Image[0x200]);
    }

    [TestMethod]
    public void Of_more_than_a_page_the_last_256_bytes_count()
    {
        FlashBoard board = Board();
        byte[] bytes = new byte[4 + 258];
        bytes[0] = 0x02;
        bytes[4 + 0] = 0x11;
        bytes[4 + 2] = 0x22;
        bytes[4 + 256] = 0x33;
        Program(board, bytes);
        Assert.AreEqual(0x33, (int)board.Chip.Image[0]);
        Assert.AreEqual(0x22, (int)board.Chip.Image[2]);
        Assert.AreEqual(256L, board.Chip.Counters.BytesProgrammed);
    }

    [TestMethod]
    public void Erase_takes_the_whole_sector_once_its_time_is_over()
    {
        FlashBoard board = Board();
        Program(board, 0x02, 0, 0x10, 0, 0);
        Program(board, 0x02, 0, 0x20, 0, 0);
        board.Send(0x06);
        board.Send(0x20, 0, 0x1F, 0x12);
        Assert.AreEqual(0, (int)board.Chip.Image[0x1000]);
        board.Clock.Advance(46);
        Assert.AreEqual(0xFF, (int)board.Chip.Image[0x1000]);
        Assert.AreEqual(0, (int)board.Chip.Image[0x2000]);
        Assert.AreEqual(1, board.Chip.Counters.SectorErases[1]);
        Assert.AreEqual(0, board.Chip.Counters.SectorErases[2]);
    }

    [TestMethod]
    public void Read_goes_on_with_the_first_byte_after_the_last()
    {
        VirtualClock clock = new();
        W25qChip chip = new(new FlashPart("small", 0x123456, 4096, 3, 400, true), clock);
        chip.Image[4095] = 0x12;
        chip.Image[0] = 0x34;
        byte[] bytes = { 0x03, 0x70, 0x0F, 0xFF, 0, 0 };
        chip.Transfer(bytes, 0, 6);
        Assert.AreEqual(0x12, (int)bytes[4]);
        Assert.AreEqual(0x34, (int)bytes[5]);
    }

    [TestMethod]
    public void Access_beyond_a_small_image_throws()
    {
        FlashBoard board = Board();
        CheckForbidden(board, 0x03, 0, 0x40, 0, 0);
        CheckForbidden(board, 0x03, 0, 0x3F, 0xFF, 0, 0);
        board.Send(0x06);
        CheckForbidden(board, 0x02, 0, 0x40, 0, 0);
        CheckForbidden(board, 0x20, 0, 0x40, 0);
    }

    [TestMethod]
    public void Suspended_sector_reads_as_anything_and_takes_nothing()
    {
        FlashBoard board = Board();
        board.Send(0x06);
        board.Send(0x20, 0, 0, 0);
        board.Send(0x75);
        Assert.AreEqual(0x01, Status(board));
        board.Clock.AdvanceNanoseconds(W25qChip.SuspendNanoseconds);
        Assert.AreEqual(0x00, Status(board));
        Assert.AreEqual(0x80, (int)board.Send(0x35, 0)[1]);
        byte[] first = board.Send(0x03, 0, 0x0F, 0xFE, 0, 0, 0, 0);
        byte[] second = board.Send(0x03, 0, 0x0F, 0xFE, 0, 0, 0, 0);
        Assert.IsTrue(first[4] != second[4] || first[5] != second[5]);
        Assert.AreEqual(0xFF, (int)first[6]);
        board.Send(0x06);
        CheckForbidden(board, 0x02, 0, 0x0F, 0xFF, 0);
        CheckForbidden(board, 0x20, 0, 0x10, 0);
        Program(board, 0x02, 0, 0x10, 0, 0);
        Assert.AreEqual(0, (int)board.Chip.Image[0x1000]);
    }

    [TestMethod]
    public void Suspend_within_20_us_of_a_resume_throws()
    {
        FlashBoard board = Board();
        board.Send(0x06);
        board.Send(0x20, 0, 0, 0);
        board.Send(0x75);
        board.Clock.AdvanceNanoseconds(W25qChip.SuspendNanoseconds);
        board.Send(0x7A);
        CheckForbidden(board, 0x75);
        board.Clock.AdvanceNanoseconds(W25qChip.SuspendNanoseconds);
        board.Send(0x75);
        Assert.AreEqual(0x80, (int)board.Send(0x35, 0)[1]);
    }

    [TestMethod]
    public void Suspend_and_resume_without_an_erase_are_ignored()
    {
        FlashBoard board = Board();
        board.Send(0x75);
        board.Send(0x7A);
        Assert.AreEqual(2, board.Chip.Counters.IgnoredCommands);
        board.Send(0x06);
        board.Send(0x02, 0, 0, 0, 1);
        CheckForbidden(board, 0x75);
    }

    [TestMethod]
    public void Power_down_hears_only_its_release()
    {
        FlashBoard board = Board();
        board.Send(0xB9);
        Assert.AreEqual(0xFF, (int)board.Send(0x9F, 0, 0, 0)[1]);
        board.Send(0xAB);
        Assert.AreEqual(0xFF, (int)board.Send(0x9F, 0, 0, 0)[1], "within tRES1");
        board.Clock.AdvanceNanoseconds(W25qChip.LongestWakeNanoseconds);
        Assert.AreEqual(0xEF, (int)board.Send(0x9F, 0, 0, 0)[1]);
        Assert.AreEqual(2, board.Chip.Counters.IgnoredCommands);
    }

    [TestMethod]
    public void Unknown_and_malformed_commands_are_ignored_and_counted()
    {
        FlashBoard board = Board();
        board.Send(0xD8, 0, 0, 0);
        board.Send(0x06, 0);
        Assert.AreEqual(0x00, Status(board));
        board.Send(0x06);
        board.Send(0x20, 0, 0, 0, 0);
        board.Send(0x03, 0, 0);
        Assert.AreEqual(4, board.Chip.Counters.IgnoredCommands);
        Assert.AreEqual(0, board.Chip.DeviceSteps);
    }

    [TestMethod]
    public void Counters_tell_what_was_done()
    {
        FlashBoard board = Board();
        Program(board, 0x02, 0, 0, 0, 1, 2);
        board.Send(0x03, 0, 0, 0, 0, 0, 0);
        Assert.AreEqual(3L, board.Chip.Counters.Transactions);
        Assert.AreEqual(14L, board.Chip.Counters.BytesTransferred);
        Assert.AreEqual(1L, board.Chip.Counters.PagePrograms);
        Assert.AreEqual(2L, board.Chip.Counters.BytesProgrammed);
        Assert.AreEqual(1L, board.Chip.Counters.Reads);
        Assert.AreEqual(3L, board.Chip.Counters.BytesRead);
        Assert.AreEqual(1, board.Chip.DeviceSteps);
    }

    [TestMethod]
    public void Units_programmed_again_are_counted_until_the_erase()
    {
        FlashBoard board = Board();
        Program(board, 0x02, 0, 0, 15, 1, 1);
        Program(board, 0x02, 0, 0, 32, 1);
        Program(board, 0x02, 0, 0, 0, 0xFF, 0xFF);
        Assert.AreEqual(0, board.Chip.Counters.UnitReprograms);
        Program(board, 0x02, 0, 0, 14, 0, 0xFF, 0xFF, 0);
        Assert.AreEqual(2, board.Chip.Counters.UnitReprograms);
        board.Send(0x06);
        board.Send(0x20, 0, 0, 0);
        board.Clock.Advance(46);
        Program(board, 0x02, 0, 0, 0, 1);
        Assert.AreEqual(2, board.Chip.Counters.UnitReprograms);
    }

    [TestMethod]
    public void Given_image_is_kept_and_counts_as_programmed()
    {
        VirtualClock clock = new();
        byte[] image = new byte[4096];
        W25qChip chip = new(FlashParts.Find(FlashBoard.W25Q64), clock, image);
        chip.Transfer(new byte[] { 0x06 }, 0, 1);
        chip.Transfer(new byte[] { 0x02, 0, 0, 0, 1 }, 0, 5);
        Assert.AreSame(image, chip.Image);
        Assert.AreEqual(1, chip.Counters.UnitReprograms);
    }

    [TestMethod]
    public void Changes_of_the_image_are_told()
    {
        FlashBoard board = Board();
        string told = "";
        board.Chip.ImageChanged = (offset, count) =>
            told += offset + "+" + count + "=" + board.Chip.Image[offset] + " ";
        Program(board, 0x02, 0, 0x11, 0x80, 1);
        board.Send(0x06);
        board.Send(0x20, 0, 0x20, 0);
        board.Clock.Advance(46);
        Status(board);
        Assert.AreEqual("4352+256=255 8192+4096=255 ", told);
    }

    private static FlashBoard Board() => new(FlashParts.Find(FlashBoard.W25Q64));

    private static int Status(FlashBoard board) => board.Send(0x05, 0)[1];

    private static void Program(FlashBoard board, params byte[] bytes)
    {
        board.Send(0x06);
        board.Send(bytes);
        board.Clock.Advance(1);
    }

    private static void CheckForbidden(FlashBoard board, params byte[] bytes) =>
        Assert.ThrowsException(typeof(InvalidOperationException), () => board.Send(bytes));
}
