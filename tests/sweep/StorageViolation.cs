namespace Keyway.Tests.Sweep;

/// <summary>The storage has broken a promise; the message says which.</summary>
public sealed class StorageViolation(ViolationKind kind, string message) : Exception(message)
{
    public ViolationKind Kind { get; } = kind;

    /// <summary>Throws unless a promise is kept.</summary>
    public static void Require(bool isKept, ViolationKind kind, string otherwise)
    {
        if (!isKept)
        {
            throw new StorageViolation(kind, $"{kind.ToString().ToLowerInvariant()}: {otherwise}");
        }
    }
}
