// Whoever has access codes to give: one command after another, each repeated until its answer
// comes, and sometimes long after. World steps it; OrderMaker makes the commands.

using Keyway.Boards.Virtual;

namespace Keyway.Tests.Sim;

/// <summary>Sends commands.</summary>
public sealed class Sender(Chance chance, VirtualClock clock, Broker broker, OrderMaker orders)
    : IActor
{
    private const int FirstRepeatMs = 8000;
    private const int LastRepeatMs = 3_600_000;
    private const int LateMs = 3 * 86_400_000;
    private const double NewMs = 9_000_000;

    // The smallest locks remember 128: what is older must not come again.
    private const int RepeatedMost = 100;
    private readonly List<(SentCommand Command, long DueMs, int WaitMs)> _open = [];
    private long _newMs = chance.Wait(60_000);

    public long NextMs { get; private set; }

    /// <summary>Called with each new command.</summary>
    public Action<SentCommand>? Sent { get; set; }

    public void Act()
    {
        long nowMs = clock.Milliseconds;
        if (nowMs >= _newMs)
        {
            int burst = chance.OneIn(6) ? 4 : 1;
            for (int i = 0; i < burst; i++)
            {
                SendNew();
            }

            _newMs = nowMs + chance.Wait(NewMs);
        }

        for (int i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i].DueMs <= nowMs)
            {
                Repeat(i);
            }
        }

        NextMs = _newMs;
        foreach ((_, long dueMs, _) in _open)
        {
            NextMs = Math.Min(NextMs, dueMs);
        }
    }

    private void SendNew()
    {
        SentCommand? command = orders.Next();
        if (command != null)
        {
            Sent?.Invoke(command);
            broker.Take(command);
            _open.Add((command, clock.Milliseconds + FirstRepeatMs, FirstRepeatMs));
        }
    }

    private void Repeat(int place)
    {
        (SentCommand command, _, int waitMs) = _open[place];
        bool isLate = waitMs == 0;
        if (isLate || command.IsLearned)
        {
            _open.RemoveAt(place);
            if (command.Code != null)
            {
                command.Code.IsBusy &= isLate;
            }

            if (orders.Made - command.Number > RepeatedMost || command.HasFailed)
            {
                return;
            }

            if (isLate)
            {
                broker.Take(command);
            }
            else if (chance.OneIn(3))
            {
                _open.Add((command, clock.Milliseconds + chance.Below(LateMs), 0));
            }

            return;
        }

        broker.Take(command);
        waitMs = Math.Min(2 * waitMs, LastRepeatMs);
        _open[place] = (command, clock.Milliseconds + waitMs, waitMs);
    }
}
