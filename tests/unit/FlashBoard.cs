using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>A flash chip with its driver, in a time of its own.</summary>
internal sealed class FlashBoard
{
    internal const int W25Q64 = 0xEF4017;
    internal const int ImageBytes = 16384;

    /// <summary>A board whose driver is not opened yet.</summary>
    internal FlashBoard(FlashPart part)
    {
        Clock = new VirtualClock();
        Chip = new W25qChip(part, Clock, ImageBytes);
        Flash = new SpiNorFlash(Chip, Clock);
    }

    internal VirtualClock Clock { get; }

    internal W25qChip Chip { get; }

    internal SpiNorFlash Flash { get; private set; }

    /// <summary>A board with an opened W25Q64.</summary>
    internal static FlashBoard Opened()
    {
        FlashBoard board = new(FlashParts.Find(W25Q64));
        Check(FlashStatus.Ok, board.Flash.Open(W25Q64));
        return board;
    }

    /// <summary>The controller starts anew; the chip and the time go on.</summary>
    internal void ResetController() => Flash = new SpiNorFlash(Chip, Clock);

    /// <summary>Power comes back after a cut, and the driver opens the chip.</summary>
    internal void Reboot()
    {
        Chip.RestorePower();
        ResetController();
        Check(FlashStatus.Ok, Flash.Open(W25Q64));
    }

    /// <summary>Sends a transaction past the driver and returns what came back.</summary>
    internal byte[] Send(params byte[] bytes)
    {
        Chip.Transfer(bytes, 0, bytes.Length);
        return bytes;
    }

    internal int ByteAt(int address)
    {
        byte[] one = new byte[1];
        Check(FlashStatus.Ok, Flash.Read(address, one, 0, 1));
        return one[0];
    }

    /// <summary>Bytes that are never FF and differ from their neighbours.</summary>
    internal static byte[] Pattern(int count)
    {
        byte[] data = new byte[count];
        for (int i = 0; i < count; i++)
        {
            data[i] = (byte)(i * 7 % 251);
        }

        return data;
    }

    internal static void Check(FlashStatus expected, FlashStatus actual) =>
        Assert.AreEqual((int)expected, (int)actual);
}
