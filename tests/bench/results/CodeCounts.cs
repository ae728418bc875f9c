namespace Keyway.Tests.Bench;

/// <summary>What counted code has done; CountedCode writes the calls into it.</summary>
public static class CodeCounts
{
    public static long Instructions { get; private set; }

    public static long Calls { get; private set; }

    public static long Objects { get; private set; }

    public static long Copied { get; private set; }

    /// <summary>A run of instructions without a branch begins.</summary>
    public static void Run(int instructions, int calls, int objects)
    {
        Instructions += instructions;
        Calls += calls;
        Objects += objects;
    }

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
