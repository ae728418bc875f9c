using System.Diagnostics;
using Keyway.Boards.Virtual;

namespace Keyway.Tests.Bench;

/// <summary>What has been done up to a moment, or between two.</summary>
/// <param name="Steps">Steps of the agent.</param>
/// <param name="Ticks">Of the stopwatch.</param>
/// <param name="Allocated">Bytes that this thread has allocated.</param>
/// <param name="Reads">Read commands to the flash.</param>
/// <param name="BytesRead">Bytes that they read.</param>
/// <param name="WireBytes">All bytes over the flash's wire.</param>
/// <param name="BytesProgrammed">Bytes programmed.</param>
/// <param name="Programs">Page programs.</param>
/// <param name="Instructions">IL instructions; with the other five only in counted code.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Objects">Objects made.</param>
/// <param name="Copied">Bytes copied in bulk.</param>
/// <param name="DeviceBytes">Bytes of the device's heap that the lock's own code takes.</param>
/// <param name="LibraryBytes">Bytes that the device's class library takes for its calls.</param>
internal readonly record struct Work(long Steps, long Ticks, long Allocated, long Reads,
    long BytesRead, long WireBytes, long BytesProgrammed, long Programs, long Instructions,
    long Calls, long Objects, long Copied, long DeviceBytes, long LibraryBytes)
{
    public double Microseconds => Ticks * 1e6 / Stopwatch.Frequency;

    /// <summary>Bytes that the flash gave or took.</summary>
    public long FlashBytes => BytesRead + BytesProgrammed;

    /// <summary>What the bytes need on the wire.</summary>
    public double WireMicroseconds => WireBytes * W25qChip.TypicalByteNanoseconds / 1e3;

    /// <summary>The same with the chip's typical time for each page program.</summary>
    public double ChipMicroseconds =>
        WireMicroseconds + Programs * W25qChip.TypicalProgramNanoseconds / 1e3;

    public static Work Now(BenchLock door) => new(door.Steps, Stopwatch.GetTimestamp(),
        GC.GetAllocatedBytesForCurrentThread(), door.Flash.Reads, door.Flash.BytesRead,
        door.Flash.BytesTransferred, door.Flash.BytesProgrammed, door.Flash.PagePrograms,
        CodeCounts.Instructions, CodeCounts.Calls, CodeCounts.Objects, CodeCounts.Copied,
        CodeCounts.DeviceBytes, CodeCounts.LibraryBytes + door.MacBytes
            + door.Flash.Transactions * LibraryHeap.Transferred);

    public static Work operator -(Work end, Work start) => new(
        end.Steps - start.Steps, end.Ticks - start.Ticks,
        end.Allocated - start.Allocated, end.Reads - start.Reads, end.BytesRead - start.BytesRead,
        end.WireBytes - start.WireBytes, end.BytesProgrammed - start.BytesProgrammed,
        end.Programs - start.Programs, end.Instructions - start.Instructions,
        end.Calls - start.Calls, end.Objects - start.Objects, end.Copied - start.Copied,
        end.DeviceBytes - start.DeviceBytes, end.LibraryBytes - start.LibraryBytes);

    /// <summary>Without the code that runs anyway.</summary>
    /// <param name="other">Steps that had nothing to do.</param>
    public Work Beyond(Work other) => this with
    {
        Instructions = Instructions - other.Instructions * Steps / other.Steps,
        Calls = Calls - other.Calls * Steps / other.Steps,
    };
}
