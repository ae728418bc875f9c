using CsCheck;

namespace Keyway.Tests.Fuzz;

/// <summary>One reader under test, with what it is compared to. An instance is used by one thread;
/// the same input gives the same result on a new one.</summary>
public interface ITarget
{
    /// <summary>How inputs are made.</summary>
    Gen<byte[]> Inputs { get; }

    /// <summary>Gives the reader an input.</summary>
    /// <returns>What is wrong, or null.</returns>
    string? Check(byte[] input);
}
