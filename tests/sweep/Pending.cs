namespace Keyway.Tests.Sweep;

/// <summary>A mutation between its beginning and its acknowledgement.</summary>
/// <param name="Operation">What was asked.</param>
/// <param name="Code">The number of the access code that it is about; -1: none.</param>
/// <param name="State">The lock's state that is being saved.</param>
public sealed record Pending(Operation Operation, int Code, SavedState State);
