namespace Keyway.Tests.Bench;

/// <summary>How much is measured.</summary>
/// <param name="Sizes">Codes of the locks whose decisions are measured.</param>
/// <param name="Entries">Entries at each.</param>
/// <param name="Commands">Commands of each kind.</param>
/// <param name="Codes">Codes of the lock that gets commands.</param>
/// <param name="BootCodes">Codes of the lock that starts.</param>
/// <param name="IsQuick">Times are taken once: to see that everything runs.</param>
internal sealed record Scale(int[] Sizes, int Entries, int Commands, int Codes, int BootCodes,
    bool IsQuick)
{
    public static Scale Full { get; } = new([10, 250, 1000, 5000], 500, 200, 250, 1000, false);

    public static Scale Quick { get; } = new([10, 50], 4, 4, 10, 20, true);

    /// <summary>Sectors that hold so many codes, with room to work.</summary>
    public static int SectorsFor(int codes) => codes <= 1000 ? 64 : 256;
}
