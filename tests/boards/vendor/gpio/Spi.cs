using Keyway.Hal;
using Keyway.Tests.Boards;

namespace System.Device.Spi;

/// <summary>A chip on a bus, found by its chip select.</summary>
public sealed class SpiDevice
{
    private readonly int _chipSelect;

    private SpiDevice(int chipSelect) => _chipSelect = chipSelect;

    public static SpiDevice Create(SpiConnectionSettings settings) => new(settings.ChipSelect);

    /// <summary>Both ranges are one, as the boards have it.</summary>
    public void TransferFullDuplex(SpanByte write, SpanByte read)
    {
        Controller device = Controller.Current;
        device.Threads.DemandPower();
        if (device.Chips.TryGetValue(_chipSelect, out ISpiDevice chip))
        {
            chip.Transfer(read.Array, read.Offset, read.Count);
        }
        else
        {
            read.Array.AsSpan(read.Offset, read.Count).Fill(0xFF);
        }
    }
}

/// <summary>How a chip wants its bus.</summary>
public sealed class SpiConnectionSettings
{
    public SpiConnectionSettings(int bus, int chipSelect)
    {
        BusId = bus;
        ChipSelect = chipSelect;
    }

    public int BusId { get; }

    public int ChipSelect { get; }

    public int ClockFrequency { get; set; }

    public SpiMode Mode { get; set; }

    public DataFlow DataFlow { get; set; }

    public int DataBitLength { get; set; }
}

/// <summary>Clock polarity and phase.</summary>
public enum SpiMode
{
    /// <summary>Idle low, read at the first edge.</summary>
    Mode0,
}

/// <summary>Which bit goes first.</summary>
public enum DataFlow
{
    /// <summary>The highest.</summary>
    MsbFirst,
}
