using System.Text;
using Keyway.Tests.Sim;

namespace Keyway.Tests.Bench;

/// <summary>What counted code has done; CountedCode writes the calls into it.</summary>
public static class CodeCounts
{
    /// <summary>False while it is only looked at.</summary>
    public static bool IsOn { get; set; }

    public static long Instructions { get; private set; }

    public static long Calls { get; private set; }

    public static long Objects { get; private set; }

    public static long Copied { get; private set; }

    /// <summary>Bytes of the device's heap that the code itself takes.</summary>
    public static long DeviceBytes { get; private set; }

    /// <summary>Bytes of the device's heap that its class library takes for a call.</summary>
    public static long LibraryBytes { get; private set; }

    /// <summary>A run of instructions without a branch begins.</summary>
    public static void Run(
        int instructions, int calls, int objects, int deviceBytes, int libraryBytes)
    {
        if (!IsOn)
        {
            return;
        }

        Instructions += instructions;
        Calls += calls;
        Objects += objects;
        DeviceBytes += deviceBytes;
        LibraryBytes += libraryBytes;
    }

    /// <summary>An array or a string is there that was not before.</summary>
    public static void Made(object? made) => DeviceBytes += made switch
    {
        string text when IsOn => DeviceHeap.Text(Encoding.UTF8.GetByteCount(text)),
        Array array when IsOn => DeviceHeap.Array(array),
        _ => 0,
    };

    /// <summary>Stands for Array.Copy.</summary>
    public static void Copy(Array from, int fromIndex, Array to, int toIndex, int count)
    {
        bool isOfObjects = from is object[];
        int size = isOfObjects
            ? IntPtr.Size : Buffer.ByteLength(from) / Math.Max(1, from.Length);
        Copied += (long)count * size;
        Array.Copy(from, fromIndex, to, toIndex, count);
    }
}
