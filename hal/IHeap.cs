namespace Keyway.Hal;

/// <summary>The memory that objects of the program take.</summary>
public interface IHeap
{
    /// <summary>Collects garbage, which takes some milliseconds, and counts what is free then.
    /// </summary>
    /// <returns>Bytes, in however many pieces: the largest object that finds room may be smaller.
    /// </returns>
    int FreeBytes();
}
