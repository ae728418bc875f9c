namespace Keyway.Boards.Virtual;

/// <summary>What a simulated flash has been asked to do since it was made.</summary>
public sealed class FlashCounters
{
    internal FlashCounters(int sectors) => SectorErases = new int[sectors];

    /// <summary>Times that the chip was selected.</summary>
    public long Transactions { get; internal set; }

    /// <summary>Bytes on the wire, opcodes and addresses included.</summary>
    public long BytesTransferred { get; internal set; }

    /// <summary>Read commands.</summary>
    public long Reads { get; internal set; }

    /// <summary>Bytes that they read.</summary>
    public long BytesRead { get; internal set; }

    /// <summary>Page programs begun.</summary>
    public long PagePrograms { get; internal set; }

    /// <summary>Bytes that they programmed.</summary>
    public long BytesProgrammed { get; internal set; }

    /// <summary>Sector erases begun.</summary>
    public long Erases { get; internal set; }

    /// <summary>Erases begun of each sector; the counter's own array.</summary>
    public int[] SectorErases { get; }

    /// <summary>
    /// Bytes other than FF that were programmed although a bit that should have stayed or become 1
    /// was 0. The cell ands; a driver that reads back finds out.
    /// </summary>
    public int ZeroToOneAttempts { get; internal set; }

    /// <summary>
    /// 16-byte units that were programmed with something other than FF more than once between two
    /// erases: a chip with internal ECC forbids it.
    /// </summary>
    public int UnitReprograms { get; internal set; }

    /// <summary>
    /// Commands that the chip ignored: unknown, of the wrong length, not heard in power-down, or on
    /// a protected or stuck chip.
    /// </summary>
    public int IgnoredCommands { get; internal set; }
}
