// The grammar of JSON numbers, for JsonReader.

namespace Keyway.Firmware;

/// <summary>Numbers as RFC 8259, section 6, has them.</summary>
internal static class JsonNumber
{
    /// <summary>Finds the end of a number.</summary>
    /// <param name="buffer">The payload.</param>
    /// <param name="position">The first byte of the number, a digit or a minus.</param>
    /// <param name="end">The end of the payload.</param>
    /// <param name="stop">The byte after the number, or the one that is wrong.</param>
    /// <returns>None, BadNumber or Truncated.</returns>
    internal static JsonError FindEnd(byte[] buffer, int position, int end, out int stop)
    {
        int first = buffer[position] == '-' ? position + 1 : position;
        bool isZero = first < end && buffer[first] == '0';
        stop = isZero ? first + 1 : SkipDigits(buffer, first, end);
        bool isSound = stop > first;
        if (isSound && stop < end && buffer[stop] == '.')
        {
            first = stop + 1;
            stop = SkipDigits(buffer, first, end);
            isSound = stop > first;
        }

        if (isSound && stop < end && (buffer[stop] | 0x20) == 'e')
        {
            first = stop + 1;
            if (first < end && (buffer[first] == '+' || buffer[first] == '-')) first++;
            stop = SkipDigits(buffer, first, end);
            isSound = stop > first;
        }

        if (stop == end) return isSound ? JsonError.None : JsonError.Truncated;
        return isSound && !CanBeInNumber(buffer[stop]) ? JsonError.None : JsonError.BadNumber;
    }

    /// <summary>The value of a sound number.</summary>
    /// <returns>False, and 0, when it has a fraction or an exponent or does not fit.</returns>
    internal static bool TryGetInt64(byte[] buffer, int position, int stop, out long value)
    {
        value = 0;
        bool isNegative = buffer[position] == '-';

        // Counted downwards: long has one more negative number than positive ones.
        long negated = 0;
        for (int i = isNegative ? position + 1 : position; i < stop; i++)
        {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9) return false;
            if (negated < (long.MinValue + digit) / 10) return false;
            negated = negated * 10 - digit;
        }

        if (!isNegative && negated == long.MinValue) return false;
        value = isNegative ? negated : -negated;
        return true;
    }

    private static int SkipDigits(byte[] buffer, int position, int end)
    {
        while (position < end && IsDigit(buffer[position])) position++;
        return position;
    }

    private static bool CanBeInNumber(byte value) =>
        IsDigit(value) || value == '.' || value == '+' || value == '-' || (value | 0x20) == 'e';

    private static bool IsDigit(byte value) => value >= '0' && value <= '9';
}
