using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Says whether the database answers and the key ring opens it.</summary>
internal sealed class DatabaseHealth : IHealthCheck
{
    private readonly GatewayDatabase _database;
    private readonly DigitsVault _vault;

    public DatabaseHealth(GatewayDatabase database, DigitsVault vault)
    {
        _database = database;
        _vault = vault;
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancel = default) =>
        Task.FromResult(_database.Read(_vault.IsSound)
            ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the key ring is another"));
}
