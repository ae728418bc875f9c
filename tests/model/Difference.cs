namespace Keyway.Tests.Model;

/// <summary>The lock and the model disagree.</summary>
public sealed class Difference(string message) : Exception(message)
{
    public static void Require(bool holds, string what, string model, string theLock)
    {
        if (!holds)
        {
            throw new Difference($"{what}\n  model: {model}\n  lock:  {theLock}");
        }
    }
}
