namespace Keyway.Tests.Host;

/// <summary>What the heap is divided into.</summary>
internal enum HeapPart
{
    Tables,
    Statics,
    Threads,
    Client,
    Pins,
    Other,
}
