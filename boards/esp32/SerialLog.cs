using System;

namespace Keyway.Boards.Esp32;

/// <summary>Lines on the serial port, for whoever watches the board. Called from every thread.
/// </summary>
public static class SerialLog
{
    private const int NumberDigits = 10;

    /// <summary>Says a line. Does not throw: where there is no memory for it, it is not said.
    /// </summary>
    public static void Say(string what, string more)
    {
        try
        {
            Console.WriteLine(what + more);
        }
        catch (Exception)
        {
            // An exception that cannot be said must not end the thread that caught it.
        }
    }

    /// <summary>Says a line that ends in a number. Does not throw.</summary>
    public static void Say(string what, int number)
    {
        try
        {
            Say(what, Digits(number));
        }
        catch (Exception)
        {
            // As above.
        }
    }

    /// <summary>A number as text. The runtime's own way makes a culture first, which stays.
    /// </summary>
    /// <param name="number">Not below 0.</param>
    public static string Digits(int number)
    {
        char[] digits = new char[NumberDigits];
        int at = NumberDigits;
        do
        {
            at--;
            digits[at] = (char)('0' + number % 10);
            number /= 10;
        }
        while (number > 0);

        return new string(digits, at, NumberDigits - at);
    }

    /// <summary>Says an exception by its type: what a vendor puts into a message is unknown. Does
    /// not throw.</summary>
    public static void Say(string what, Exception e)
    {
        try
        {
            Say(what, e.GetType().FullName);
        }
        catch (Exception)
        {
            // As above.
        }
    }
}
