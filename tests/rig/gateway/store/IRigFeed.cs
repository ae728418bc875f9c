// Everything that changes, in order. ConsoleStream gives Sequence as the id of its server-sent
// events and takes Last-Event-ID back.

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Tells what changes in the rig, whichever gateway saw it.</summary>
internal interface IRigFeed
{
    /// <summary>The changes after one, those of now and those to come.</summary>
    /// <param name="after">A sequence; 0 for all that are kept, -1 for only what is to come.
    /// </param>
    /// <param name="cancel">Ends it.</param>
    IAsyncEnumerable<RigChange> ReadAsync(long after, CancellationToken cancel);
}
