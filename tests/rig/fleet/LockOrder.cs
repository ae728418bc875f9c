namespace Keyway.Tests.Rig;

/// <summary>A command that is to be sent.</summary>
/// <param name="Topic">Behind the lock's prefix.</param>
/// <param name="AttemptId">Its action_attempt_id.</param>
/// <param name="Payload">What is published, each time it is repeated.</param>
/// <param name="Confirm">Called when the lock has answered with success.</param>
internal sealed record LockOrder(string Topic, Guid AttemptId, byte[] Payload, Action Confirm);
