namespace Keyway.Tests.Host.Storage;

/// <summary>The storage has broken a promise; the message says which.</summary>
public sealed class StorageViolation(string message) : Exception(message);
