using Keyway.Hal;

namespace Keyway.Tests.Unit;

/// <summary>Wires without keys that count what is done to them.</summary>
internal sealed class RecordedMatrix : IKeyMatrix
{
    internal RecordedMatrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
    }

    public int Rows { get; }

    public int Columns { get; }

    internal int Driven { get; private set; } = -1;

    internal int Reads { get; private set; }

    public void Drive(int column) => Driven = column;

    public int ReadRows()
    {
        Reads++;
        return 0;
    }
}
