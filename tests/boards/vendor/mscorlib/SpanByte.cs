namespace System;

/// <summary>A part of an array.</summary>
public readonly struct SpanByte
{
    public SpanByte(byte[] array, int offset, int count)
    {
        Array = array;
        Offset = offset;
        Count = count;
    }

    internal byte[] Array { get; }

    internal int Offset { get; }

    internal int Count { get; }
}
