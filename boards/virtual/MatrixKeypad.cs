// A keypad as its wires show it: contacts that bounce, in a matrix without diodes. KeyScan reads it
// as IKeyMatrix; a test presses the keys. What is closed follows from the time alone, so whoever
// types only lets time pass.

using System;
using System.Collections;
using Keyway.Hal;

namespace Keyway.Boards.Virtual;

/// <summary>A simulated key matrix with bounce and ghosts.</summary>
public sealed class MatrixKeypad : IKeyMatrix
{
    private const int NanosecondsPerMs = 1000000;

    private readonly char[] _legend;
    private readonly IChipTime _time;
    private readonly SeededRandom _random;
    private readonly int _bounceMs;
    private readonly ArrayList _presses = new();
    private readonly int[] _closed;
    private int _driven;

    /// <summary>Makes a keypad with no key pressed and column 0 driven.</summary>
    /// <param name="rows">1 or more.</param>
    /// <param name="columns">1 or more.</param>
    /// <param name="legend">What each key means, rows * columns, row by row; kept.</param>
    /// <param name="time">When contacts close and open.</param>
    /// <param name="bounceMs">Each edge chatters for less than this; 0: clean edges.</param>
    /// <param name="seed">Decides the chatter.</param>
    /// <exception cref="ArgumentException">The legend's length is not rows * columns.</exception>
    public MatrixKeypad(int rows, int columns, char[] legend, IChipTime time, int bounceMs,
        int seed)
    {
        if (legend.Length != rows * columns)
        {
            throw new ArgumentException();
        }

        Rows = rows;
        Columns = columns;
        _legend = legend;
        _time = time;
        _bounceMs = bounceMs;
        _random = new SeededRandom(seed);
        _closed = new int[columns];
    }

    /// <inheritdoc/>
    public int Rows { get; }

    /// <inheritdoc/>
    public int Columns { get; }

    /// <summary>True while a press that <see cref="Type"/> scheduled is not over.</summary>
    public bool IsTyping
    {
        get
        {
            Forget();
            for (int i = 0; i < _presses.Count; i++)
            {
                if (PressAt(i).ReleasedAt != KeyPress.Held)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public void Drive(int column) => _driven = column;

    /// <inheritdoc/>
    public int ReadRows()
    {
        CloseContacts();

        // Current finds every way: from the driven column into a row, back into another column,
        // and on, until nothing new is reached.
        int rows = _closed[_driven];
        int before = 0;
        while (rows != before)
        {
            before = rows;
            for (int column = 0; column < Columns; column++)
            {
                if ((_closed[column] & rows) != 0)
                {
                    rows |= _closed[column];
                }
            }
        }

        return rows;
    }

    /// <summary>Presses a key from now on.</summary>
    /// <param name="key">As in the legend.</param>
    /// <exception cref="ArgumentException">The legend has no such key.</exception>
    public void Press(char key) => Add(key, _time.Nanoseconds);

    /// <summary>Releases a key that <see cref="Press"/> holds; nothing when none does.</summary>
    /// <param name="key">As in the legend.</param>
    public void Release(char key)
    {
        for (int i = 0; i < _presses.Count; i++)
        {
            KeyPress press = PressAt(i);
            if (press.Key == key && press.ReleasedAt == KeyPress.Held)
            {
                press.Release(_time.Nanoseconds, Bounce());
            }
        }
    }

    /// <summary>
    /// Schedules presses one after another, from now or from the end of what is scheduled already.
    /// </summary>
    /// <param name="keys">As in the legend.</param>
    /// <param name="pressMs">How long each is held.</param>
    /// <param name="gapMs">
    /// From a release to the next press; negative when the next key goes down before that.
    /// </param>
    /// <exception cref="ArgumentException">The legend lacks a key.</exception>
    public void Type(string keys, int pressMs, int gapMs)
    {
        long at = NextFreeTime(gapMs);
        char[] typed = keys.ToCharArray();
        for (int i = 0; i < typed.Length; i++)
        {
            KeyPress press = Add(typed[i], at);
            press.Release(at + (long)pressMs * NanosecondsPerMs, Bounce());
            at += (long)(pressMs + gapMs) * NanosecondsPerMs;
        }
    }

    private long NextFreeTime(int gapMs)
    {
        long at = _time.Nanoseconds;
        for (int i = 0; i < _presses.Count; i++)
        {
            KeyPress press = PressAt(i);
            long next = press.ReleasedAt == KeyPress.Held
                ? at
                : press.ReleasedAt + (long)gapMs * NanosecondsPerMs;
            at = next > at ? next : at;
        }

        return at;
    }

    private KeyPress Add(char key, long at)
    {
        int index = Array.IndexOf(_legend, key);
        if (index < 0)
        {
            throw new ArgumentException();
        }

        Forget();
        KeyPress press = new(key, index / Columns, index % Columns, at, Bounce());
        _presses.Add(press);
        return press;
    }

    private void CloseContacts()
    {
        Forget();
        long now = _time.Nanoseconds;
        Array.Clear(_closed, 0, Columns);
        for (int i = 0; i < _presses.Count; i++)
        {
            KeyPress press = PressAt(i);
            if (press.IsClosed(now, _random))
            {
                _closed[press.Column] |= 1 << press.Row;
            }
        }
    }

    private void Forget()
    {
        long now = _time.Nanoseconds;
        for (int i = _presses.Count - 1; i >= 0; i--)
        {
            if (PressAt(i).IsOver(now))
            {
                _presses.RemoveAt(i);
            }
        }
    }

    private KeyPress PressAt(int index) => (KeyPress)_presses[index];

    private int Bounce() => _bounceMs == 0 ? 0 : _random.Next(_bounceMs * NanosecondsPerMs);
}
