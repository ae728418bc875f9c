using Keyway.Hal;

namespace Keyway.Tests.Bench;

/// <summary>An output between agent and board that tells when it becomes active.</summary>
internal sealed class NotedPin(IOutputPin pin, Action activated) : IOutputPin
{
    public void Write(bool active)
    {
        if (active)
        {
            activated();
        }

        pin.Write(active);
    }
}
