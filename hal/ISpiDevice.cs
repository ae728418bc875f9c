namespace Keyway.Hal;

/// <summary>
/// One chip on an SPI bus. The cut is at the wire: the driver above it ships, what is below it is
/// System.Device.Spi on a board and a chip that enforces its datasheet in a test.
/// </summary>
public interface ISpiDevice
{
    /// <summary>
    /// One transaction: selects the chip, shifts the bytes out while shifting its answer in over
    /// them, deselects. Full duplex, in place.
    /// </summary>
    /// <param name="buffer">Bytes to send; afterwards those received. The caller's.</param>
    /// <param name="offset">The first byte of the transaction.</param>
    /// <param name="count">How many bytes, at least 1.</param>
    /// <remarks>A bus that fails leaves FF in every byte, as an absent chip would.</remarks>
    void Transfer(byte[] buffer, int offset, int count);
}
