// What a lock says unasked: its status, its codes' states, its events. Inbox calls it.

using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>Keeps reports.</summary>
internal sealed class LockReports
{
    private const int KeptEvents = 10_000;
    private readonly CodeView _view;
    private readonly ILogger<LockReports> _log;

    public LockReports(CodeView view, ILogger<LockReports> log)
    {
        _view = view;
        _log = log;
    }

    /// <summary>Birth or will. A lock that comes back gets at once what it has not answered.
    /// </summary>
    public void Status(SqliteConnection db, Device device, JsonObject status, long now)
    {
        bool isOnline = status["online"]!.GetValue<bool>();
        if (Device.Report(db, device.DeviceId, isOnline,
            isOnline ? status.ToJsonString() : null))
        {
            _log.LogInformation("{Device} is {State}", device.DeviceId,
                isOnline ? "online" : "offline");
            db.Run("""
                UPDATE attempts SET next_send_at = $now
                WHERE device_id = $device AND status = 'pending'
                """, ("$device", device.DeviceId), ("$now", now));
        }

        RigFeed.Note(db, "device", device,
            DeviceView.Of(Device.Find(db, device.DeviceId)!).ToJsonString(), now);
    }

    /// <summary>An access code as the lock has it; null when it is gone.</summary>
    public void State(
        SqliteConnection db, Device device, string lockCodeId, JsonObject? state, long now)
    {
        Code? code = Code.OfLock(db, device.DeviceId, lockCodeId);
        if (code == null || state == null
            || code.LockState?.ToJsonString() == state.ToJsonString())
        {
            return;
        }

        (code with { LockState = state, LockStateAt = now }).Put(db);
        NoteCode(db, device, code.AccessCodeId, now);
    }

    /// <summary>An event, once.</summary>
    public void Event(SqliteConnection db, Device device, JsonObject said, long now)
    {
        string type = said["event_type"]!.GetValue<string>();
        if (db.Run("INSERT OR IGNORE INTO events VALUES ($id, $device, $type, $now)",
            ("$id", said["event_id"]!.GetValue<string>()), ("$device", device.DeviceId),
            ("$type", type), ("$now", now)) == 0)
        {
            return;
        }

        db.Run("DELETE FROM events WHERE rowid <= (SELECT max(rowid) FROM events) - $kept",
            ("$kept", KeptEvents));
        JsonObject told = said.DeepClone().AsObject();
        told["device_id"] = device.DeviceId;
        Code? code = said["access_code_id"]?.GetValue<string>() is { } id
            ? Code.OfLock(db, device.DeviceId, id) : null;
        if (code != null)
        {
            told["access_code_id"] = code.AccessCodeId;
            Apply(db, code, type, now);
        }

        RigFeed.Note(db, "event", device, told.ToJsonString(), now);
        if (code != null)
        {
            NoteCode(db, device, code.AccessCodeId, now);
        }
    }

    private static void Apply(SqliteConnection db, Code code, string type, long now)
    {
        switch (type)
        {
            case "access_code.deleted_external_to_seam":
                Code.Remove(db, code.AccessCodeId, now);
                break;
            case "access_code.modified_external_to_seam":
                // The digits of now are known at the keypad only.
                (code with { SealedDigits = null, DigitsMac = null }).Put(db);
                break;
            default:
                break;
        }
    }

    private void NoteCode(SqliteConnection db, Device device, string accessCodeId, long now)
    {
        if (Code.Find(db, accessCodeId) is { } code)
        {
            RigFeed.Note(db, "access_code", device,
                _view.Of(db, code, now, hasDigits: false).ToJsonString(), now);
        }
    }
}
