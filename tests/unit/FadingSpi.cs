using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>A chip behind a plug that lets go for some transactions.</summary>
internal sealed class FadingSpi : ISpiDevice
{
    private readonly W25qChip _chip;

    internal FadingSpi(W25qChip chip) => _chip = chip;

    /// <summary>Transactions so far.</summary>
    internal int Transactions { get; private set; }

    /// <summary>The first transaction without the chip.</summary>
    internal int GoneFrom { get; set; } = int.MaxValue;

    /// <summary>How many are without it.</summary>
    internal int GoneFor { get; set; }

    /// <inheritdoc/>
    public void Transfer(byte[] buffer, int offset, int count)
    {
        bool isGone = Transactions >= GoneFrom && Transactions - GoneFrom < GoneFor;
        Transactions++;
        if (!isGone)
        {
            _chip.Transfer(buffer, offset, count);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            buffer[offset + i] = 0xFF;
        }
    }
}
