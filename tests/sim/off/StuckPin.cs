using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>A pin that is not put to its safe level: at the start, or at all others.</summary>
/// <param name="pin">The pin.</param>
/// <param name="isAtStart">The first write after a start is lost; else all that release.</param>
public sealed class StuckPin(IOutputPin pin, bool isAtStart) : IOutputPin
{
    private bool _isFirst;

    /// <summary>A new agent comes.</summary>
    public void Start() => _isFirst = true;

    public void Write(bool active)
    {
        bool isLost = isAtStart ? _isFirst : !active && !_isFirst;
        _isFirst = false;
        if (!isLost)
        {
            pin.Write(active);
        }
    }
}
