namespace Keyway.Tests.Sim;

/// <summary>The lock has broken a promise.</summary>
public sealed class Violation(string message) : Exception(message)
{
    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new Violation(otherwise);
        }
    }
}
