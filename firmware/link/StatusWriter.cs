// The retained status of the lock: its birth, and the will that the broker publishes for it. Link
// publishes both.

using System.Text;

namespace Keyway.Firmware;

/// <summary>Writes the payloads of the status topic.</summary>
public sealed class StatusWriter
{
    private readonly AgentSettings _settings;
    private readonly CodeBook _book;
    private readonly CodeRoom _room;
    private readonly JsonWriter _json;

    /// <summary>Wires the writer.</summary>
    public StatusWriter(AgentSettings settings, CodeBook book, CodeRoom room, JsonWriter json)
    {
        _json = json;
        _settings = settings;
        _book = book;
        _room = room;
    }

    /// <summary>True when there is something true to say: the codes are loaded, or the storage is
    /// not as it should be.</summary>
    public bool IsReady =>
        !_book.Log.IsMounting && (_book.Digest.IsDone || !_book.Log.IsSound);

    /// <summary>What the broker publishes when the lock is lost.</summary>
    public static byte[] Will() => Encoding.UTF8.GetBytes("{\"online\":false}");

    /// <summary>What the lock publishes when it is connected, and when it changes.</summary>
    /// <param name="freeHeapBytes">As <see cref="Link.FreeHeapBytes"/> has it.</param>
    public void Birth(int freeHeapBytes)
    {
        _json.Reset();
        _json.BeginObject();
        _json.Member("online", true);
        _json.Member("device_id", _settings.DeviceId);
        _json.Member("firmware", AgentSettings.FirmwareVersion);
        _json.Member("boot_reason", _settings.BootReason);
        _json.Member("max_active_codes_supported", _book.Capacity);
        _json.Member("free_slots", _room.FreeSlots);
        WriteLengths();
        WriteConstraints();
        _json.Member("supports_backup_access_code_pool", true);
        _json.Member("can_program_online_access_codes", true);
        _json.Member("can_program_offline_access_codes", _settings.HasOfflineCodes);
        _json.Member("is_clock_known", _book.Time.IsKnown);
        _json.Member("is_guessable", CodeRoom.IsGuessable(
            _book.Count, _settings.Constraints.ShortestLength));
        _json.Member("dropped_events", _book.State.DroppedEvents);
        _json.Member("is_storage_ok", _book.Log.IsSound);
        _json.Member("is_heap_short", _book.Capacity < _book.Slots.Most);
        if (freeHeapBytes != int.MaxValue)
        {
            _json.Member("free_heap_bytes", freeHeapBytes);
        }

        _json.MemberHex("slots_digest", _book.Digest.Value);
        _json.EndObject();
    }

    private void WriteLengths()
    {
        _json.Name("supported_code_lengths");
        _json.BeginArray();
        for (int i = Limits.CodeDigitsMin; i <= Limits.CodeDigitsMax; i++)
        {
            if (_settings.Constraints.Supports(i))
            {
                _json.Number(i);
            }
        }

        _json.EndArray();
    }

    private void WriteConstraints()
    {
        _json.Name("code_constraints");
        _json.BeginArray();
        for (int bit = 1; bit <= (int)CodeConstraint.UniqueName; bit <<= 1)
        {
            var rule = (CodeConstraint)bit;
            if ((_settings.Constraints.Rules & rule) != 0)
            {
                _json.BeginObject();
                _json.Member("constraint_type", CodeConstraints.NameOf(rule));
                if (rule == CodeConstraint.NameLength)
                {
                    _json.Member("min_length", _settings.Constraints.NameMin);
                    _json.Member("max_length", _settings.Constraints.NameMax);
                }

                _json.EndObject();
            }
        }

        _json.EndArray();
    }
}
