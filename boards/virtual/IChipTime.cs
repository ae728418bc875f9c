namespace Keyway.Boards.Virtual;

/// <summary>Time as the simulated chips see it.</summary>
public interface IChipTime
{
    /// <summary>Nanoseconds since an arbitrary start; never steps back.</summary>
    long Nanoseconds { get; }

    /// <summary>
    /// Lets the time pass that something takes on the wire: virtual time moves on, a real clock
    /// does nothing.
    /// </summary>
    /// <param name="nanoseconds">How long, 0 or more.</param>
    void Spend(long nanoseconds);
}
