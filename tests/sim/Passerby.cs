using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sim;

/// <summary>Opens and closes the door, presses the button, opens the case.</summary>
public sealed class Passerby(Chance chance, VirtualClock clock, VirtualBoard board) : IActor
{
    private const double PauseMs = 12_000_000;
    private const int StayMs = 90_000;
    private const int GoMs = 4000;

    public long NextMs { get; private set; } = chance.Wait(PauseMs);

    public void Act()
    {
        bool isAnything = board.DoorContact.IsActive || board.ExitButton.IsActive
            || board.Tamper.IsActive;
        if (isAnything)
        {
            board.DoorContact.IsActive = false;
            board.ExitButton.IsActive = false;
            board.Tamper.IsActive = false;
            NextMs = clock.Milliseconds + chance.Wait(PauseMs);
            return;
        }

        SettablePin pin = chance.Below(8) switch
        {
            0 => board.Tamper,
            1 => board.ExitButton,
            _ => board.DoorContact,
        };
        pin.IsActive = true;
        NextMs = clock.Milliseconds + 30 + chance.Below(chance.OneIn(3) ? StayMs : GoMs);
    }

    /// <summary>The strike has been energized: somebody goes in, mostly.</summary>
    public void GoIn()
    {
        if (!board.DoorContact.IsActive && chance.Below(3) > 0)
        {
            NextMs = clock.Milliseconds + chance.Between(200, 3000);
        }
    }
}
