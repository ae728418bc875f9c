namespace Keyway.Tests.Fuzz;

/// <summary>A debounced, ghost-free keypad from its description, over whole pictures of the
/// contacts.</summary>
/// <param name="columns">Of the matrix.</param>
/// <param name="rows">Of the matrix.</param>
/// <param name="pressMs">A contact closed for this long is a press.</param>
/// <param name="releaseMs">A contact open for this long is a release.</param>
public sealed class PlainKeys(int columns, int rows, int pressMs, int releaseMs)
{
    private readonly HashSet<(int Column, int Row)> _pressed = [];
    private readonly Dictionary<(int Column, int Row), long> _since = [];

    /// <summary>Takes a picture.</summary>
    /// <param name="closed">The contacts that are closed.</param>
    /// <param name="nowMs">When.</param>
    /// <returns>The keys that are now pressed and were not, column by column.</returns>
    public List<(int Column, int Row)> Take(HashSet<(int Column, int Row)> closed, long nowMs)
    {
        bool isAmbiguous = HasRectangle(closed);
        List<(int Column, int Row)> presses = [];
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
            {
                (int Column, int Row) key = (column, row);
                bool isPressed = _pressed.Contains(key);
                if (closed.Contains(key) == isPressed || isAmbiguous && !isPressed)
                {
                    _since.Remove(key);
                }
                else if (!_since.TryGetValue(key, out long since))
                {
                    _since[key] = nowMs;
                }
                else if (nowMs - since >= (isPressed ? releaseMs : pressMs))
                {
                    _since.Remove(key);
                    if (!_pressed.Remove(key))
                    {
                        _pressed.Add(key);
                        presses.Add(key);
                    }
                }
            }
        }

        return presses;
    }

    private static bool HasRectangle(HashSet<(int Column, int Row)> closed) =>
        closed.Any(a => closed.Any(b => a.Column < b.Column && a.Row != b.Row
            && closed.Contains((a.Column, b.Row)) && closed.Contains((b.Column, a.Row))));
}
