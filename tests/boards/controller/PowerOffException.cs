using System;

namespace Keyway.Tests.Boards;

/// <summary>Ends a thread of a device that has no power: whatever it calls next throws.</summary>
internal sealed class PowerOffException : Exception;
