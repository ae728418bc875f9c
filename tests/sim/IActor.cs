namespace Keyway.Tests.Sim;

/// <summary>Somebody or something that acts on the lock now and then.</summary>
public interface IActor
{
    /// <summary>When it acts next, in ms of the world's time.</summary>
    long NextMs { get; }

    /// <summary>Acts, and decides when to act next.</summary>
    void Act();
}
