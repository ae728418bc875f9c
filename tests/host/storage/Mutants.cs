using Keyway.Hal;

namespace Keyway.Tests.Host.Storage;

/// <summary>Storage with one protection switched off; a sweep over it must fail.</summary>
public static class Mutants
{
    /// <summary>Programs of zeros never reach the chip.</summary>
    public static StorageLife WithoutBurning(ISpiDevice chip, IClock clock, StorageShape shape) =>
        StorageShape.Make(new ZerosDropped(chip), clock, shape);

    private sealed class ZerosDropped(ISpiDevice chip) : ISpiDevice
    {
        private const byte PageProgram = 0x02;
        private const byte WriteDisable = 0x04;
        private const int HeaderBytes = 4;

        public void Transfer(byte[] buffer, int offset, int count)
        {
            bool isBurn = buffer[offset] == PageProgram
                && !buffer.AsSpan(offset + HeaderBytes, count - HeaderBytes)
                    .ContainsAnyExcept((byte)0);
            if (isBurn)
            {
                chip.Transfer([WriteDisable], 0, 1);
            }
            else
            {
                chip.Transfer(buffer, offset, count);
            }
        }
    }
}
