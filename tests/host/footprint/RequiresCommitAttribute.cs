namespace Keyway.Tests.Host;

/// <summary>Needs a commit; a shallow clone has few.</summary>
public sealed class RequiresCommitAttribute(string commit)
    : RequiresAttribute("commit " + commit, SourceSnapshot.Has(commit));
