using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class W25qEraseCutTests
{
    private const int Seeds = 12;

    [TestMethod]
    public void Erase_cut_before_and_after()
    {
        Assert.AreEqual(0, (int)EraseCut(PowerCut.Before, 1).Chip.Image[0]);
        Assert.AreEqual(0xFF, (int)EraseCut(PowerCut.After, 1).Chip.Image[0]);
    }

    [TestMethod]
    public void Half_erase_leaves_a_mix_and_the_neighbours_alone()
    {
        bool hasMix = false;
        for (int seed = 0; seed < Seeds; seed++)
        {
            FlashBoard board = EraseCut(PowerCut.HalfErase, seed);
            byte[] image = board.Chip.Image;
            Assert.AreEqual(0, (int)image[4096]);
            int mixed = 0;
            for (int i = 0; i < 32; i++)
            {
                mixed += image[i] != 0 && image[i] != 0xFF ? 1 : 0;
            }

            hasMix |= mixed > 0;
        }

        Assert.IsTrue(hasMix);
    }

    [TestMethod]
    public void Weak_erase_looks_done_and_shows_itself_after_a_power_up_or_two()
    {
        bool hasAtOnce = false;
        bool hasLater = false;
        for (int seed = 0; seed < Seeds; seed++)
        {
            FlashBoard board = EraseCut(PowerCut.WeakErase, seed);
            Assert.IsTrue(IsErased(board.Chip.Image));
            board.Reboot();
            bool isAtOnce = IsWeak(board);
            board.Chip.LosePower(seed);
            board.Reboot();
            bool isLater = IsWeak(board);
            Assert.IsTrue(isAtOnce || isLater, "seed " + seed);
            hasAtOnce |= isAtOnce;
            hasLater |= !isAtOnce;

            Erase(board);
            board.Chip.LosePower(seed);
            board.Reboot();
            Assert.IsFalse(IsWeak(board));
        }

        Assert.IsTrue(hasAtOnce && hasLater);
    }

    [TestMethod]
    public void Power_lost_during_an_erase_leaves_it_half_done()
    {
        FlashBoard board = Cleared();
        board.Flash.BeginErase(0);
        board.Clock.Advance(10);
        board.Chip.LosePower(1);
        Assert.IsTrue(board.Chip.IsPowerLost);
        Assert.IsFalse(IsErased(board.Chip.Image));
        board.Reboot();
        board.Clock.Advance(100);
        Assert.IsFalse(IsErased(board.Chip.Image));
        Assert.IsFalse(board.Flash.IsBusy);
    }

    [TestMethod]
    public void Power_cut_in_a_program_hits_a_suspended_erase_too()
    {
        FlashBoard board = Cleared();
        board.Flash.BeginErase(0);
        board.Flash.Suspend();
        board.Chip.CutPowerAt(1, PowerCut.After, 1);
        Assert.ThrowsException(typeof(PowerCutException),
            () => board.Flash.Program(8192, new byte[1], 0, 1));
        Assert.AreEqual(0, (int)board.Chip.Image[8192]);
        board.Reboot();
        FlashBoard.Check(FlashStatus.Ok, board.Flash.BeginErase(0));
    }

    /// <summary>The start of the first sector, and of the second, is 0.</summary>
    private static FlashBoard Cleared()
    {
        FlashBoard board = FlashBoard.Opened();
        board.Flash.Program(0, new byte[512], 0, 512);
        board.Flash.Program(4096, new byte[1], 0, 1);
        return board;
    }

    private static FlashBoard EraseCut(PowerCut model, int seed)
    {
        FlashBoard board = Cleared();
        board.Chip.CutPowerAt(1, model, seed);
        Assert.ThrowsException(typeof(PowerCutException), () => board.Flash.BeginErase(0));
        return board;
    }

    private static void Erase(FlashBoard board)
    {
        FlashBoard.Check(FlashStatus.Ok, board.Flash.BeginErase(0));
        board.Clock.Advance(50);
        FlashBoard.Check(FlashStatus.Ok, board.Flash.PollErase());
    }

    private static bool IsErased(byte[] bytes)
    {
        for (int i = 0; i < 4096; i++)
        {
            if (bytes[i] != 0xFF)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when one of several reads of the sector shows a bit that is not 1.</summary>
    private static bool IsWeak(FlashBoard board)
    {
        byte[] sector = new byte[4096];
        for (int read = 0; read < 10; read++)
        {
            board.Flash.Read(0, sector, 0, 4096);
            if (!IsErased(sector))
            {
                return true;
            }
        }

        return false;
    }
}
