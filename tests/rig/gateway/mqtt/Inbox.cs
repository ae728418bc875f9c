// What locks say. LockLine gives it each message; it calls LockAnswers and LockReports, each in one
// step of the database. The same message twice changes nothing.

using System.Text.Json;
using System.Text.Json.Nodes;
using Keyway.Firmware;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Takes messages of locks; what is no sound message is dropped, with a line in the log.
/// </summary>
internal sealed class Inbox
{
    private const string Prefix = "keyway/v1/";
    private readonly GatewayDatabase _database;
    private readonly LockAnswers _answers;
    private readonly LockReports _reports;
    private readonly TimeProvider _time;
    private readonly ILogger<Inbox> _log;

    public Inbox(GatewayDatabase database, LockAnswers answers, LockReports reports,
        TimeProvider time, ILogger<Inbox> log)
    {
        _database = database;
        _answers = answers;
        _reports = reports;
        _time = time;
        _log = log;
    }

    /// <summary>Takes one.</summary>
    public void Take(string topic, byte[] payload)
    {
        string[] parts = topic.StartsWith(Prefix, StringComparison.Ordinal)
            ? topic[Prefix.Length..].Split('/', 2) : [];
        if (parts.Length != 2 || payload.Length > Limits.PublishBytes)
        {
            return;
        }

        try
        {
            JsonObject? message = payload.Length == 0
                ? null : JsonNode.Parse(payload)!.AsObject();
            _database.Write(db => Take(db, parts[0], parts[1], message));
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException
            or NullReferenceException or FormatException)
        {
            _log.LogWarning("{Topic}: is not of the contract", topic);
        }
    }

    private bool Take(SqliteConnection db, string deviceId, string topic, JsonObject? message)
    {
        const string state = "access_codes/state/";
        Device? device = Device.Find(db, deviceId);
        if (device == null)
        {
            return false;
        }

        long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (topic.StartsWith(state, StringComparison.Ordinal))
        {
            _reports.State(db, device, topic[state.Length..], message, now);
        }
        else if (message != null)
        {
            switch (topic)
            {
                case "action_attempts":
                case "answers":
                    _answers.Take(db, device, message, now);
                    break;
                case "events":
                    _reports.Event(db, device, message, now);
                    break;
                case "status":
                    _reports.Status(db, device, message, now);
                    break;
                default:
                    break;
            }
        }

        return true;
    }
}
