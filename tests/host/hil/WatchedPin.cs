using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>An output that tells of each change.</summary>
internal sealed class WatchedPin(Action<bool> changed) : IOutputPin
{
    private bool _isActive;

    /// <inheritdoc/>
    public void Write(bool active)
    {
        if (active != _isActive)
        {
            _isActive = active;
            changed(active);
        }
    }
}
