using CsCheck;
using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Fuzz;

/// <summary>The key scanner over arbitrary pictures of the contacts, beside a plain one.</summary>
public sealed class KeyTarget : ITarget
{
    private const int HeadBytes = 4;

    // Shape, debounce times, whether keys are taken; then a time and a change of a contact a step.
    // Few contacts, so that they stay closed long enough to count.
    public Gen<byte[]> Inputs { get; } = Gen.Select(
        Gen.Byte.Array[HeadBytes],
        Gen.Select(Gen.Byte[0, 12], Gen.Frequency((3, Gen.Byte[0, 3]), (1, Gen.Byte)),
            (time, contact) => new[] { time, contact }).Array[0, 60],
        (head, steps) => (byte[])[.. head, .. steps.SelectMany(step => step)]);

    public string? Check(byte[] input)
    {
        if (input.Length < HeadBytes)
        {
            return null;
        }

        int rows = 1 + input[0] % 5;
        int columns = 1 + input[0] / 5 % 5;
        int pressMs = input[1] % 25;
        int releaseMs = input[2] % 25;
        char[] legend = [.. Enumerable.Range(0, rows * columns).Select(key => (char)('A' + key))];
        var clock = new VirtualClock();
        var matrix = new PicturedMatrix(rows, columns);
        var scan = new KeyScan(matrix, legend, 0, pressMs, releaseMs);
        var plain = new PlainKeys(columns, rows, pressMs, releaseMs);
        var closed = new HashSet<(int Column, int Row)>();
        var waiting = new SortedSet<(int Column, int Row)>();
        for (int at = HeadBytes; at + 1 < input.Length; at += 2)
        {
            clock.Advance(input[at] % 16);
            int key = input[at + 1] % (rows * columns + 1);
            if (key < rows * columns)
            {
                Turn(matrix, closed, key / rows, key % rows);
            }

            scan.Step(clock.Milliseconds);
            waiting.UnionWith(plain.Take(closed, clock.Milliseconds));
            bool isTaken = (input[3] & 1) == 0 || at + 3 >= input.Length;
            if (isTaken && CheckTaken(scan, waiting, legend, columns, at) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static void Turn(
        PicturedMatrix matrix, HashSet<(int Column, int Row)> closed, int column, int row)
    {
        matrix.Closed[column] ^= 1 << row;
        if (!closed.Remove((column, row)))
        {
            closed.Add((column, row));
        }
    }

    private static string? CheckTaken(KeyScan scan, SortedSet<(int Column, int Row)> waiting,
        char[] legend, int columns, int at)
    {
        while (scan.TryTakeKey(out char key))
        {
            (int column, int row) = waiting.Min;
            if (waiting.Count == 0 || key != legend[row * columns + column])
            {
                return $"byte {at}: {key}, which nobody pressed";
            }

            waiting.Remove(waiting.Min);
        }

        return waiting.Count == 0 ? null : $"byte {at}: {waiting.Min} is not seen";
    }
}
