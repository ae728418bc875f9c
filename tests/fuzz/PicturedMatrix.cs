using Keyway.Hal;

namespace Keyway.Tests.Fuzz;

/// <summary>Wires that show whatever picture they are given.</summary>
internal sealed class PicturedMatrix(int rows, int columns) : IKeyMatrix
{
    private int _driven;

    /// <summary>Of each column the closed rows, a bit each.</summary>
    public int[] Closed { get; } = new int[columns];

    public int Rows => rows;

    public int Columns => columns;

    public void Drive(int column) => _driven = column;

    public int ReadRows() => Closed[_driven];
}
