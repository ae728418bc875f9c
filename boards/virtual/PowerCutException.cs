using System;

namespace Keyway.Boards.Virtual;

/// <summary>The power is gone: whatever ran on the controller is over.</summary>
public sealed class PowerCutException : Exception
{
}
