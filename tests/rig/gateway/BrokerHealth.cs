using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Says whether there is a broker.</summary>
internal sealed class BrokerHealth : IHealthCheck
{
    private readonly LockLine _line;

    public BrokerHealth(LockLine line) => _line = line;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancel = default) =>
        Task.FromResult(_line.IsConnected
            ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("no broker"));
}
