namespace Keyway.Tests.Rig.Gateway;

/// <summary>Leaves Ctrl+C to whoever started the gateway.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancel) => Task.CompletedTask;
}
