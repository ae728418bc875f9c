namespace Keyway.Tests.Rig;

/// <summary>The terminal as a keypad: digits, Enter, Esc or Backspace to clear.</summary>
internal static class Terminal
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Passes keys on until it is cancelled; the input may end before.</summary>
    /// <param name="press">Takes digits, * to clear, # to enter.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(Action<string> press, CancellationToken cancel)
    {
        try
        {
            if (Console.IsInputRedirected)
            {
                await ReadLinesAsync(press, cancel);
                await Task.Delay(Timeout.Infinite, cancel);
            }

            await ReadKeysAsync(press, cancel);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C is how it ends.
        }
    }

    private static async Task ReadLinesAsync(Action<string> press, CancellationToken cancel)
    {
        // A read of a pipe cannot be cancelled; the process ends with it.
        while (await Task.Run(Console.In.ReadLine, cancel).WaitAsync(cancel) is { } line)
        {
            press(string.Concat(line.Where(char.IsAsciiDigit)) + "#");
        }
    }

    private static async Task ReadKeysAsync(Action<string> press, CancellationToken cancel)
    {
        while (true)
        {
            while (!Console.KeyAvailable)
            {
                await Task.Delay(PollInterval, cancel);
            }

            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Console.WriteLine();
                press("#");
            }
            else if (key.Key is ConsoleKey.Escape or ConsoleKey.Backspace)
            {
                Console.WriteLine(" cleared");
                press("*");
            }
            else if (char.IsAsciiDigit(key.KeyChar))
            {
                Console.Write(key.KeyChar);
                press(key.KeyChar.ToString());
            }
        }
    }
}
