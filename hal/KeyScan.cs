// Turns the wires of a key matrix into keys pressed, one at a time. The agent's step calls it and
// takes the keys; it calls IKeyMatrix and IClock.
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
    /// <summary>
    /// Keys that wait to be taken at most: the longest entry (clear, eight digits, enter) and the
    /// start of the next one, so that a busy step loses nothing of what one person types.
    /// </summary>
    public const int QueueDepth = 16;

    private readonly IKeyMatrix _matrix;
    private readonly IClock _clock;
    private readonly char[] _legend;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _settleMs;
    private readonly int _pressDebounceMs;
    private readonly int _releaseDebounceMs;

    // Of each column, bit r for row r: what was read last, what is taken for pressed, and what has
    // differed from that since _differsSinceMs of its key.
    private readonly int[] _read;
    private readonly int[] _pressed;
    private readonly int[] _differs;
    private readonly long[] _differsSinceMs;

    private readonly char[] _queue = new char[QueueDepth];
    private int _queueHead;
    private int _queueCount;

    private int _column;
    private long _drivenAtMs;

    /// <summary>Wires the scanner and drives the first column.</summary>
    /// <param name="matrix">The wires.</param>
    /// <param name="clock">Measures settling and bouncing.</param>
    /// <param name="legend">
    /// What each key means, rows * columns, row by row: '0' to '9', '*' clear, '#' enter. Kept.
    /// </param>
    /// <param name="settleMs">From driving a column to reading it; 0: the call is enough.</param>
    /// <param name="pressDebounceMs">A contact closed for this long is a press.</param>
    /// <param name="releaseDebounceMs">A contact open for this long is a release.</param>
    /// <exception cref="ArgumentException">The legend's length is not rows * columns.</exception>
    public KeyScan(IKeyMatrix matrix, IClock clock, char[] legend, int settleMs,
        int pressDebounceMs, int releaseDebounceMs)
    {
        _matrix = matrix;
        _clock = clock;
        _legend = legend;
        _rows = matrix.Rows;
        _columns = matrix.Columns;
        if (legend.Length != _rows * _columns)
        {
            throw new ArgumentException();
        }

        _settleMs = settleMs;
        _pressDebounceMs = pressDebounceMs;
        _releaseDebounceMs = releaseDebounceMs;
        _read = new int[_columns];
        _pressed = new int[_columns];
        _differs = new int[_columns];
        _differsSinceMs = new long[legend.Length];
        Drive(0);
    }

    /// <summary>Presses lost because nobody took the keys before them.</summary>
    public int LostKeys { get; private set; }

    /// <summary>True while no key is down, and none is being debounced.</summary>
    public bool IsIdle
    {
        get
        {
            for (int column = 0; column < _columns; column++)
            {
                if ((_read[column] | _pressed[column]) != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Takes the oldest press.</summary>
    /// <param name="key">What the legend says; '\0' when there is none.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTakeKey(out char key)
    {
        key = '\0';
        if (_queueCount == 0)
        {
            return false;
        }

        key = _queue[_queueHead];
        _queue[_queueHead] = '\0';
        _queueHead = (_queueHead + 1) % QueueDepth;
        _queueCount--;
        return true;
    }

    /// <summary>
    /// Reads the column driven before, once it has settled, and drives the next. Never waits; with
    /// a settle time of 0 one step reads the whole matrix.
    /// </summary>
    public void Step()
    {
        while (_clock.Milliseconds - _drivenAtMs >= _settleMs)
        {
            _read[_column] = _matrix.ReadRows();
            if (_column + 1 == _columns)
            {
                JudgeAll(_clock.Milliseconds);
                Drive(0);
                return;
            }

            Drive(_column + 1);
        }
    }

    private void Drive(int column)
    {
        _column = column;
        _matrix.Drive(column);
        _drivenAtMs = _clock.Milliseconds;
    }

    private void JudgeAll(long nowMs)
    {
        bool isAmbiguous = IsAmbiguous();
        for (int column = 0; column < _columns; column++)
        {
            int differs = _read[column] ^ _pressed[column];
            if (isAmbiguous)
            {
                // Any of the new contacts may be a ghost; their debouncing starts anew afterwards.
                differs &= _pressed[column];
            }

            if (differs != 0)
            {
                Judge(column, differs, nowMs);
            }

            _differs[column] = differs & (_read[column] ^ _pressed[column]);
        }
    }

    /// <summary>
    /// Without diodes, three pressed keys at the corners of a rectangle connect the fourth. Two
    /// columns then share two rows or more; with fewer nothing is ambiguous.
    /// </summary>
    private bool IsAmbiguous()
    {
        for (int a = 0; a < _columns; a++)
        {
            for (int b = a + 1; _read[a] != 0 && b < _columns; b++)
            {
                int shared = _read[a] & _read[b];
                if ((shared & (shared - 1)) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Judge(int column, int differs, long nowMs)
    {
        for (int row = 0; row < _rows; row++)
        {
            int bit = 1 << row;
            if ((differs & bit) == 0)
            {
                continue;
            }

            int key = row * _columns + column;
            if ((_differs[column] & bit) == 0)
            {
                _differsSinceMs[key] = nowMs;
                continue;
            }

            bool isPress = (_pressed[column] & bit) == 0;
            int debounceMs = isPress ? _pressDebounceMs : _releaseDebounceMs;
            if (nowMs - _differsSinceMs[key] >= debounceMs)
            {
                _pressed[column] ^= bit;
                if (isPress)
                {
                    Enqueue(_legend[key]);
                }
            }
        }
    }

    private void Enqueue(char key)
    {
        if (_queueCount == QueueDepth)
        {
            LostKeys++;
            return;
        }

        _queue[(_queueHead + _queueCount) % QueueDepth] = key;
        _queueCount++;
    }
}
