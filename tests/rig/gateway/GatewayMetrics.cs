using Keyway.Firmware;
using Prometheus;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>What Prometheus reads at /metrics, besides the framework's own.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter _sent;
    private readonly Counter _answered;
    private readonly Histogram _answerSeconds;

    /// <summary>Makes the metrics.</summary>
    /// <param name="registry">This gateway's own: a process may have several.</param>
    /// <param name="database">Counts what is pending, whenever somebody reads.</param>
    public GatewayMetrics(CollectorRegistry registry, GatewayDatabase database)
    {
        IMetricFactory make = Metrics.WithCustomRegistry(registry);
        _sent = make.CreateCounter("keyway_commands_sent_total",
            "Commands given to the broker.", ["action", "is_repeat"]);
        _answered = make.CreateCounter("keyway_commands_answered_total",
            "Commands that a lock has answered.", ["action", "status"]);
        _answerSeconds = make.CreateHistogram("keyway_answer_seconds",
            "From the request to the lock's answer.", ["action"]);
        Gauge pending = make.CreateGauge("keyway_commands_pending",
            "Commands without an answer, of all gateways of this database.");
        Gauge online = make.CreateGauge("keyway_devices_online",
            "Locks that are connected to the broker.");
        registry.AddBeforeCollectCallback(() =>
        {
            pending.Set(database.Read(db => db.Number(
                "SELECT count(*) FROM attempts WHERE status = 'pending'")));
            online.Set(database.Read(db => db.Number(
                "SELECT count(*) FROM devices WHERE is_online = 1")));
        });
    }

    /// <summary>A command has gone out.</summary>
    public void Sent(CommandAction action, bool isRepeat) =>
        _sent.WithLabels(action.ToString(), isRepeat ? "true" : "false").Inc();

    /// <summary>A lock has answered.</summary>
    public void Answered(CommandAction action, string status, long milliseconds)
    {
        _answered.WithLabels(action.ToString(), status).Inc();
        _answerSeconds.WithLabels(action.ToString()).Observe(milliseconds / 1000.0);
    }
}
