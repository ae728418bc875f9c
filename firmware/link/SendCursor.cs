namespace Keyway.Firmware;

/// <summary>How far a sequence of numbered frames has been sent: Outbox has one for answers and one
/// for events. What the broker has acknowledged is in the lock's state.</summary>
internal sealed class SendCursor
{
    private readonly LockState _state;
    private readonly bool _isOfEvents;

    /// <summary>Begins at what has not been acknowledged.</summary>
    internal SendCursor(FrameWindow window, LockState state, bool isOfEvents)
    {
        Window = window;
        _state = state;
        _isOfEvents = isOfEvents;
    }

    /// <summary>The frames.</summary>
    internal FrameWindow Window { get; }

    /// <summary>The number behind the last one sent; 0 after a connection was lost.</summary>
    internal uint Next { get; set; }

    /// <summary>The end of the window when there was nothing to send; 0 after a connection was
    /// lost. Numbers only grow.</summary>
    internal uint SentUpTo { get; set; }

    /// <summary>True when the broker has everything.</summary>
    internal bool IsDone => Acknowledged + 1 >= Window.Next;

    /// <summary>The next number to send; that of the window's end when there is none.</summary>
    internal uint Find()
    {
        uint number = Acknowledged + 1;
        number = Next > number ? Next : number;
        return number < Window.First ? Window.First : number;
    }

    /// <summary>What was not acknowledged goes again.</summary>
    internal void Rewind()
    {
        Next = 0;
        SentUpTo = 0;
    }

    /// <summary>The broker has everything up to a number.</summary>
    internal void Acknowledge(uint upTo)
    {
        if (_isOfEvents)
        {
            _state.AcknowledgedEvents = upTo;
            Window.RaiseFloor(upTo);
        }
        else
        {
            _state.AcknowledgedAnswers = upTo;
        }
    }

    private uint Acknowledged => _isOfEvents
        ? _state.AcknowledgedEvents : _state.AcknowledgedAnswers;
}
