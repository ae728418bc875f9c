namespace Keyway.Tests.Rig;

/// <summary>One step of a scenario.</summary>
internal interface IStep
{
    /// <summary>What it does, for a reader of the results.</summary>
    string Says { get; }

    /// <summary>Does it.</summary>
    /// <exception cref="UnmetException">What it expects has not come.</exception>
    Task PlayAsync(Play play, CancellationToken cancel);
}
