// Keys becoming a code. Door calls it.

using System;

namespace Keyway.Firmware;

/// <summary>The digits entered since the last Enter, Clear or pause.</summary>
public sealed class CodeEntry
{
    /// <summary>The key that ends a code.</summary>
    public const char Enter = '#';

    /// <summary>The key that clears.</summary>
    public const char Clear = '*';

    private long _lastKeyMs;
    private int _count;

    /// <summary>The digits, ASCII; the first <see cref="Count"/> count.</summary>
    public byte[] Digits { get; } = new byte[Limits.CodeDigitsMax];

    /// <summary>Number of digits entered, 0 to 12; 13 for any more.</summary>
    public int Count => _count;

    /// <summary>More digits were entered than a code has: wrong, never a prefix.</summary>
    public bool IsTooLong => Count > Limits.CodeDigitsMax;

    /// <summary>Takes a key.</summary>
    /// <param name="key">0 to 9, Enter or Clear; any other is ignored.</param>
    /// <param name="nowMs">The monotonic time.</param>
    /// <returns>True when a code is complete: read it, then <see cref="Forget"/>.</returns>
    public bool Press(char key, long nowMs)
    {
        Step(nowMs);
        _lastKeyMs = nowMs;
        if (key == Enter)
        {
            return Count > 0;
        }

        if (key == Clear)
        {
            Forget();
        }
        else if (key >= '0' && key <= '9' && !IsTooLong)
        {
            if (Count < Limits.CodeDigitsMax)
            {
                Digits[Count] = (byte)key;
            }

            _count++;
        }

        return false;
    }

    /// <summary>Clears when nobody has pressed a key for a while.</summary>
    /// <param name="nowMs">The monotonic time.</param>
    public void Step(long nowMs)
    {
        if (Count > 0 && nowMs - _lastKeyMs >= Limits.EntryTimeoutMs)
        {
            Forget();
        }
    }

    /// <summary>Overwrites the digits.</summary>
    public void Forget()
    {
        Array.Clear(Digits, 0, Digits.Length);
        _count = 0;
    }
}
