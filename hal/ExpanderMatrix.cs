namespace Keyway.Hal;

/// <summary>A key matrix on a port expander.</summary>
/// <remarks>
/// The driven column is low, every other floats, so that two keys of one row do not short two
/// columns. A pressed key pulls its row, held high by the chip's pull-up, low. A row follows in
/// about 10 us (100 kOhm, 100 pF of cable), and the next transaction comes later than that.
/// </remarks>
public sealed class ExpanderMatrix : IKeyMatrix
{
    private readonly Mcp23s17 _chip;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private int _driven = -1;

    /// <summary>Takes the pins; no column is driven.</summary>
    /// <param name="chip">The expander.</param>
    /// <param name="rows">Its pins, row 0 first.</param>
    /// <param name="columns">Its pins, column 0 first.</param>
    public ExpanderMatrix(Mcp23s17 chip, int[] rows, int[] columns)
    {
        _chip = chip;
        _rows = rows;
        _columns = columns;
        for (int i = 0; i < rows.Length; i++)
        {
            chip.Release(rows[i], hasPullUp: true);
        }
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
            _chip.Release(_columns[_driven], hasPullUp: false);
        }

        if (column == 0)
        {
            _chip.Refresh();
        }

        _chip.Drive(_columns[column], high: false);
        _driven = column;
    }

    /// <inheritdoc/>
    public int ReadRows()
    {
        int levels = _chip.Read();
        int rows = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            if ((levels & 1 << _rows[i]) == 0)
            {
                rows |= 1 << i;
            }
        }

        return rows;
    }
}
