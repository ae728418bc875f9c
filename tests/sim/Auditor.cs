using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sim;

/// <summary>Looks at all codes of the lock now and then.</summary>
public sealed class Auditor(VirtualClock clock, VirtualBoard board, Watch watch) : IActor
{
    private const int PauseMs = 4 * 3_600_000;
    private const int RetryMs = 10_000;

    public long NextMs { get; private set; } = PauseMs;

    public void Act()
    {
        bool isSettled = board.Agent.IsSettled && !board.Agent.Door.IsAwake
            && !watch.Entries.IsFlashTroubled;
        if (isSettled)
        {
            watch.Audit();
        }

        NextMs = clock.Milliseconds + (isSettled ? PauseMs : RetryMs);
    }
}
