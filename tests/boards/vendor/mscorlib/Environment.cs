using Keyway.Tests.Boards;

namespace System;

/// <summary>The uptime, in steps of the runtime's tick.</summary>
public static class Environment
{
    public static long TickCount64 =>
        Controller.Current.TickCount / Controller.TickMs * Controller.TickMs;
}
