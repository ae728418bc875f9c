namespace Keyway.Tests.Rig;

/// <summary>What was measured of one half of a run: of the echoes, or of the locks.</summary>
/// <param name="Ready">From the first connect until all take commands.</param>
/// <param name="Figures">Of the commands.</param>
/// <param name="Messages">Published by the members while the commands ran.</param>
/// <param name="BytesEach">Managed memory that one member takes after the commands.</param>
/// <param name="ProcessBytes">The memory of this process then, senders and all.</param>
/// <param name="BrokerBytes">The memory of the broker then, when it is our own process.</param>
internal sealed record FleetPart(TimeSpan Ready, FleetFigures Figures, long Messages,
    long BytesEach, long ProcessBytes, long? BrokerBytes)
{
    /// <summary>Messages published by the members for each command.</summary>
    public double MessagesEach => (double)Messages / (Figures.Answered + Figures.Lost);
}
