namespace Keyway.Hal;

/// <summary>The wires of a key matrix: one column is driven at a time, the rows are read.</summary>
public interface IKeyMatrix
{
    /// <summary>Number of row wires, 1 or more.</summary>
    int Rows { get; }

    /// <summary>Number of column wires, 1 or more; rows * columns is at most
    /// <see cref="KeyScan.KeysMax"/>.</summary>
    int Columns { get; }

    /// <summary>Drives one column and releases every other.</summary>
    /// <param name="column">0 to <see cref="Columns"/> - 1.</param>
    void Drive(int column);

    /// <summary>The rows that conduct to the driven column now.</summary>
    /// <returns>Bit r is set when row r is active.</returns>
    int ReadRows();
}
