using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class W25qProgramCutTests
{
    private const int Seeds = 12;
    private const int Count = 32;

    [TestMethod]
    public void Cut_comes_at_the_step_that_was_named()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Flash.Program(0, new byte[1], 0, 1);
        board.Chip.CutPowerAt(2, PowerCut.After, 1);
        board.Flash.Program(1, new byte[1], 0, 1);
        Assert.ThrowsException(typeof(PowerCutException),
            () => board.Flash.Program(2, new byte[1], 0, 1));
        Assert.AreEqual(3, board.Chip.DeviceSteps);
        Assert.IsTrue(board.Chip.IsPowerLost);
        Assert.ThrowsException(typeof(PowerCutException), () => board.Send(0x05, 0));
        board.Reboot();
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Program(3, new byte[1], 0, 1));
    }

    [TestMethod]
    public void Before_leaves_all_and_after_does_all()
    {
        byte[] before = ProgramCut(PowerCut.Before, 1).Chip.Image;
        byte[] after = ProgramCut(PowerCut.After, 1).Chip.Image;
        byte[] data = FlashBoard.Pattern(Count);
        for (int i = 0; i < Count; i++)
        {
            Assert.AreEqual(0xFF, (int)before[i]);
            Assert.AreEqual((int)data[i], (int)after[i]);
        }
    }

    [TestMethod]
    public void Prefix_does_the_first_bytes_whole()
    {
        byte[] data = FlashBoard.Pattern(Count);
        int shortest = Count;
        int longest = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            byte[] image = ProgramCut(PowerCut.Prefix, seed).Chip.Image;
            int done = 0;
            while (image[done] == data[done])
            {
                done++;
            }

            for (int i = done; i < Count; i++)
            {
                Assert.AreEqual(0xFF, (int)image[i]);
            }

            shortest = done < shortest ? done : shortest;
            longest = done > longest ? done : longest;
        }

        Assert.IsTrue(shortest < longest && longest < Count);
    }

    [TestMethod]
    [DataRow((int)PowerCut.RandomBits)]
    [DataRow((int)PowerCut.HalfErase)]
    public void Random_bits_are_between_old_and_new_and_hold(int model)
    {
        byte[] data = FlashBoard.Pattern(Count);
        FlashBoard board = ProgramCut((PowerCut)model, 1);
        byte[] image = board.Chip.Image;
        int left = 0;
        for (int i = 0; i < Count; i++)
        {
            Assert.AreEqual((int)data[i], image[i] & data[i]);
            left += image[i] == data[i] ? 0 : 1;
        }

        Assert.IsTrue(left > 0);
        board.Reboot();
        CollectionAssert.AreEqual(ReadBack(board), ReadBack(board));
    }

    [TestMethod]
    [DataRow((int)PowerCut.UnstableCells)]
    [DataRow((int)PowerCut.WeakErase)]
    public void Unstable_cells_read_differently_until_they_are_programmed(int model)
    {
        byte[] data = FlashBoard.Pattern(Count);
        for (int seed = 0; seed < Seeds; seed++)
        {
            FlashBoard board = ProgramCut((PowerCut)model, seed);
            board.Reboot();
            Assert.IsTrue(Flickers(board), "seed " + seed);
            byte[] back = ReadBack(board);
            for (int i = 0; i < Count; i++)
            {
                Assert.AreEqual((int)data[i], back[i] & data[i], "a bit that was to stay");
            }

            board.Flash.Program(0, data, 0, Count);
            CollectionAssert.AreEqual(data, ReadBack(board));
            Assert.IsFalse(Flickers(board), "seed " + seed);
        }
    }

    [TestMethod]
    public void Unstable_cells_stay_so_where_the_program_that_heals_them_is_cut()
    {
        byte[] zeros = new byte[Count];
        bool hasHealed = false;
        bool hasStayed = false;
        for (int seed = 0; seed < Seeds; seed++)
        {
            FlashBoard board = ProgramCut(PowerCut.UnstableCells, 1);
            board.Reboot();
            board.Chip.CutPowerAt(1, PowerCut.Prefix, seed);
            Assert.ThrowsException(typeof(PowerCutException),
                () => board.Flash.Program(0, zeros, 0, Count));
            board.Reboot();
            hasHealed |= !Flickers(board);
            hasStayed |= Flickers(board);
        }

        Assert.IsTrue(hasHealed && hasStayed);
    }

    [TestMethod]
    public void Unstable_cells_are_healed_by_an_erase()
    {
        FlashBoard board = ProgramCut(PowerCut.UnstableCells, 1);
        board.Reboot();
        Erase(board);
        Assert.IsFalse(Flickers(board));
        Assert.AreEqual(0xFF, board.ByteAt(0));
    }

    [TestMethod]
    public void Unstable_cells_may_look_untouched_or_done()
    {
        byte[] data = FlashBoard.Pattern(Count);
        bool hasUntouched = false;
        bool hasDone = false;
        for (int seed = 0; seed < 4 * Seeds; seed++)
        {
            FlashBoard board = ProgramCut(PowerCut.UnstableCells, seed);
            board.Reboot();
            byte[] back = ReadBack(board);
            int erased = 0;
            int done = 0;
            for (int i = 0; i < Count; i++)
            {
                erased += back[i] == 0xFF ? 1 : 0;
                done += back[i] == data[i] ? 1 : 0;
            }

            hasUntouched |= erased == Count;
            hasDone |= done == Count;
        }

        Assert.IsTrue(hasUntouched);
        Assert.IsTrue(hasDone);
    }

    [TestMethod]
    public void Same_seed_leaves_the_same()
    {
        byte[] first = ProgramCut(PowerCut.RandomBits, 9).Chip.Image;
        byte[] second = ProgramCut(PowerCut.RandomBits, 9).Chip.Image;
        byte[] other = ProgramCut(PowerCut.RandomBits, 10).Chip.Image;
        int differences = 0;
        for (int i = 0; i < Count; i++)
        {
            Assert.AreEqual((int)first[i], (int)second[i]);
            differences += first[i] == other[i] ? 0 : 1;
        }

        Assert.IsTrue(differences > 0);
    }

    private static FlashBoard ProgramCut(PowerCut model, int seed)
    {
        FlashBoard board = FlashBoard.Opened();
        board.Chip.CutPowerAt(1, model, seed);
        Assert.ThrowsException(typeof(PowerCutException),
            () => board.Flash.Program(0, FlashBoard.Pattern(Count), 0, Count));
        return board;
    }

    private static void Erase(FlashBoard board)
    {
        FlashBoard.Check(FlashStatus.Ok, board.Flash.BeginErase(0));
        board.Clock.Advance(50);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.PollErase());
    }

    private static byte[] ReadBack(FlashBoard board)
    {
        byte[] back = new byte[Count];
        FlashBoard.Check(FlashStatus.Ok, board.Flash.Read(0, back, 0, Count));
        return back;
    }

    private static bool Flickers(FlashBoard board)
    {
        byte[] first = ReadBack(board);
        for (int read = 0; read < 40; read++)
        {
            byte[] next = ReadBack(board);
            for (int i = 0; i < Count; i++)
            {
                if (next[i] != first[i])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
