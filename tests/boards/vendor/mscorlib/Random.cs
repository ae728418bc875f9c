using Keyway.Boards.Virtual;

namespace System;

/// <summary>Without a seed of its own, so that a test repeats.</summary>
public sealed class Random
{
    private readonly SeededRandom _random = new(4);

    public void NextBytes(byte[] bytes) => _random.Fill(bytes, 0, bytes.Length);
}
