using Keyway.Tests.Boards;

namespace System;

/// <summary>The serial port.</summary>
public static class Console
{
    public static void WriteLine(string text) => Controller.Current.WriteLine(text);
}
