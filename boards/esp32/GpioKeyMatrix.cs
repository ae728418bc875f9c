using System.Device.Gpio;
using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>The keypad's matrix on GPIO pins.</summary>
/// <remarks>
/// The driven column is low, every other floats: two keys of one row connect two columns, and a
/// column held high would then be shorted to the low one and lift the row. A pressed key pulls its
/// row, held high by the pull-up of the pin, low. A row needs about 5 us to follow (45 kOhm, 100 pF
/// of cable); the interpreter takes longer than that from one pin to the next.
/// </remarks>
public sealed class GpioKeyMatrix : IKeyMatrix
{
    private readonly GpioPin[] _rows;
    private readonly GpioPin[] _columns;
    private int _driven;

    /// <summary>Opens the pins; no column is driven.</summary>
    /// <param name="gpio">The board's controller.</param>
    /// <param name="rowPins">GPIO numbers, row 0 first; pins with a pull-up.</param>
    /// <param name="columnPins">GPIO numbers, column 0 first.</param>
    /// <exception cref="System.Exception">A pin is taken or cannot do this.</exception>
    public GpioKeyMatrix(GpioController gpio, int[] rowPins, int[] columnPins)
    {
        _rows = new GpioPin[rowPins.Length];
        for (int row = 0; row < rowPins.Length; row++)
        {
            _rows[row] = EspPin.Open(gpio, rowPins[row], PinMode.InputPullUp);
        }

        _columns = new GpioPin[columnPins.Length];
        for (int column = 0; column < columnPins.Length; column++)
        {
            _columns[column] =
                EspPin.Open(gpio, columnPins[column], PinMode.OutputOpenDrain);
            _columns[column].Write(PinValue.High);
        }

        _driven = -1;
    }

    /// <inheritdoc/>
    public int Rows => _rows.Length;

    /// <inheritdoc/>
    public int Columns => _columns.Length;

    /// <inheritdoc/>
    public void Drive(int column)
    {
        if (_driven == column)
        {
            return;
        }

        if (_driven >= 0)
        {
            _columns[_driven].Write(PinValue.High);
        }

        _columns[column].Write(PinValue.Low);
        _driven = column;
    }

    /// <inheritdoc/>
    public int ReadRows()
    {
        int rows = 0;
        for (int row = 0; row < _rows.Length; row++)
        {
            if (_rows[row].Read() == PinValue.Low)
            {
                rows |= 1 << row;
            }
        }

        return rows;
    }
}
