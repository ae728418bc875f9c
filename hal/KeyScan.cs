// Turns the wires of a key matrix into keys pressed, one at a time. The agent's step calls it and
// takes the keys; it calls IKeyMatrix.
//
//     Step: drive column c | wait settle | read rows of c, drive c + 1 | ... | after the last
//     column the whole picture is judged: ambiguous? then each key that differs is debounced.

using System;

namespace Keyway.Hal;

/// <summary>A debounced, ghost-free scanner for a matrix of any shape.</summary>
/// <remarks>
/// One column a step, so a press must last longer than its debounce time and two sweeps, a sweep
/// being as many steps as there are columns. Used from one thread; allocates nothing after
/// construction.
/// </remarks>
public sealed class KeyScan
{
    /// <summary>Keys of a matrix at most: each is a bit of an int.</summary>
    public const int KeysMax = 31;

    private readonly IKeyMatrix _matrix;
    private readonly char[] _legend;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _settleMs;
    private readonly int _pressDebounceMs;
    private readonly int _releaseDebounceMs;

    // Bit column * rows + row for each key: what was read last, what is taken for pressed, what has
    // differed from that since _differsSinceMs of its key, of which the low bits tell a debounce,
    // and presses that wait to be taken.
    private readonly ushort[] _differsSinceMs;
    private int _read;
    private int _pressed;
    private int _differs;
    private int _waiting;

    private int _column;
    private long _drivenAtMs;

    /// <summary>Wires the scanner and drives the first column.</summary>
    /// <param name="matrix">The wires.</param>
    /// <param name="legend">
    /// What each key means, rows * columns, row by row: '0' to '9', '*' clear, '#' enter. Kept.
    /// </param>
    /// <param name="settleMs">From driving a column to reading it; 0: the call is enough.</param>
    /// <param name="pressDebounceMs">A contact closed for this long is a press.</param>
    /// <param name="releaseDebounceMs">A contact open for this long is a release.</param>
    /// <exception cref="ArgumentException">The legend's length is not rows * columns, or more than
    /// <see cref="KeysMax"/>.</exception>
    public KeyScan(IKeyMatrix matrix, char[] legend, int settleMs, int pressDebounceMs,
        int releaseDebounceMs)
    {
        _matrix = matrix;
        _legend = legend;
        _rows = matrix.Rows;
        _columns = matrix.Columns;
        if (legend.Length != _rows * _columns || legend.Length > KeysMax)
        {
            throw new ArgumentException();
        }

        _settleMs = settleMs;
        _pressDebounceMs = pressDebounceMs;
        _releaseDebounceMs = releaseDebounceMs;
        _differsSinceMs = new ushort[legend.Length];
        matrix.Drive(0);
    }

    /// <summary>True while no key is down, and none is being debounced.</summary>
    public bool IsIdle => (_read | _pressed) == 0;

    /// <summary>
    /// Takes a press; of several in one sweep that of the lowest column and row. Take all after
    /// each <see cref="Step"/>: a key that is pressed again before it was taken counts once.
    /// </summary>
    /// <param name="key">What the legend says; '\0' when there is none.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTakeKey(out char key)
    {
        key = '\0';
        if (_waiting == 0)
        {
            return false;
        }

        int at = 0;
        while ((_waiting >> at & 1) == 0)
        {
            at++;
        }

        _waiting &= _waiting - 1;
        key = _legend[at % _rows * _columns + at / _rows];
        return true;
    }

    /// <summary>
    /// Reads the column driven before, once it has settled, and drives the next. Never waits; with
    /// a settle time of 0 one step reads the whole matrix.
    /// </summary>
    /// <param name="nowMs">The monotonic time, of <see cref="IClock"/>.</param>
    public void Step(long nowMs)
    {
        while (nowMs - _drivenAtMs >= _settleMs)
        {
            int rows = _matrix.ReadRows();
            if ((rows | _read) != 0)
            {
                int shift = _column * _rows;
                _read = _read & ~(ColumnMask << shift) | rows << shift;
            }

            bool isSwept = ++_column == _columns;
            if (isSwept)
            {
                _column = 0;
                if ((_read | _pressed | _differs) != 0)
                {
                    Debounce((int)nowMs);
                }
            }

            _matrix.Drive(_column);
            _drivenAtMs = nowMs;
            if (isSwept)
            {
                return;
            }
        }
    }

    private int ColumnMask => (1 << _rows) - 1;

    private void Debounce(int nowMs)
    {
        int differs = _read ^ _pressed;
        if (IsAmbiguous())
        {
            // Any of the new contacts may be a ghost; their debouncing starts anew afterwards.
            differs &= _pressed;
        }

        for (int key = 0; differs >> key != 0; key++)
        {
            int bit = 1 << key;
            if ((differs & bit) == 0)
            {
                continue;
            }

            bool isPress = (_pressed & bit) == 0;
            if ((_differs & bit) == 0)
            {
                _differsSinceMs[key] = (ushort)nowMs;
            }
            else if ((ushort)(nowMs - _differsSinceMs[key])
                >= (isPress ? _pressDebounceMs : _releaseDebounceMs))
            {
                _pressed ^= bit;
                _waiting |= isPress ? bit : 0;
            }
        }

        _differs = differs & (_read ^ _pressed);
    }

    /// <summary>
    /// Without diodes, three pressed keys at the corners of a rectangle connect the fourth. Two
    /// columns then share two rows or more; with fewer nothing is ambiguous.
    /// </summary>
    private bool IsAmbiguous()
    {
        for (int a = _read; a != 0; a >>= _rows)
        {
            int column = a & ColumnMask;
            for (int b = a >> _rows; column != 0 && b != 0; b >>= _rows)
            {
                int shared = column & b;
                if ((shared & (shared - 1)) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
