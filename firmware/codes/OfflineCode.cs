using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Stand-in.</summary>
public sealed class OfflineCode
{
    /// <summary>Stand-in.</summary>
    public const int Indexes = 1000;

    /// <summary>Stand-in.</summary>
    public const int FirstUseSeconds = 86400;

    /// <summary>Stand-in.</summary>
    public OfflineCode(IKeyedHash hash, byte[] secret)
    {
    }

    /// <summary>Stand-in.</summary>
    public static long SecondsOf(int index) => 3600;

    /// <summary>Stand-in.</summary>
    public static void WriteId(bool isOneTime, long startHour, int index, byte[] output, int offset)
    {
    }

    /// <summary>Stand-in.</summary>
    public bool TryMakeFromId(byte[] id, int offset, byte[] digits) => false;
}
