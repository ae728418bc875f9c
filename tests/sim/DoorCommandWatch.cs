namespace Keyway.Tests.Sim;

/// <summary>Commands that may move the strike: each once, and none late.</summary>
public sealed class DoorCommandWatch
{
    private const int LateSeconds = 2;
    private readonly List<SentCommand> _open = [];
    private int _moves;

    /// <summary>A command has been delivered.</summary>
    public void Deliver(SentCommand command)
    {
        if (command.IsUnlock && command.Answer == null && !_open.Contains(command))
        {
            _open.Add(command);
        }
    }

    /// <summary>A command has its answer.</summary>
    public void Hear(SentCommand command)
    {
        if (_open.Remove(command))
        {
            _moves = _open.Count == 0 ? 0 : Math.Max(0, _moves - (command.HasSucceeded ? 1 : 0));
        }
    }

    /// <summary>What was not moved by now is not known to have been.</summary>
    public void PowerLost() => _moves = 0;

    /// <summary>True when a command explains that the strike moves now.</summary>
    public bool MayMove(Belief time)
    {
        _moves++;
        return _moves <= _open.Count
            && _open.Any(command => time.IsKnown && command.Expires + LateSeconds >= time.Utc);
    }
}
