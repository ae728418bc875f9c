// The retained status of the lock: its birth, and the will that the broker publishes for it. Link
// publishes both.

using System.Text;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Writes the payloads of the status topic.</summary>
public sealed class StatusWriter
{
    private const int HexDigits = 8;
    private readonly AgentSettings _settings;
    private readonly CodeBook _book;
    private readonly LockState _state;
    private readonly SlotDigest _digest;
    private readonly IClock _clock;
    private readonly JsonWriter _json = new(Limits.PublishBytes);

    /// <summary>Wires the writer.</summary>
    public StatusWriter(AgentSettings settings, Tables tables, SlotDigest digest, IClock clock)
    {
        _settings = settings;
        _book = tables.Book;
        _state = tables.State;
        _digest = digest;
        _clock = clock;
    }

    /// <summary>How the storage is; set at start-up.</summary>
    public StorageStatus Storage { get; set; }

    /// <summary>True when there is something true to say: the codes are loaded, or never will
    /// be.</summary>
    public bool IsReady => _digest.IsDone || Storage != StorageStatus.Ok;

    /// <summary>What the broker publishes when the lock is lost.</summary>
    public static byte[] Will() => Encoding.UTF8.GetBytes("{\"online\":false}");

    /// <summary>What the lock publishes when it is connected, and when it changes.</summary>
    public byte[] Birth()
    {
        _json.Reset();
        _json.BeginObject();
        _json.Member("online", true);
        _json.Member("device_id", _settings.DeviceId);
        _json.Member("firmware", AgentSettings.FirmwareVersion);
        _json.Member("max_active_codes_supported", _book.Capacity);
        _json.Member("free_slots", _book.Capacity - _book.Count);
        _json.Name("supported_code_lengths");
        _json.BeginArray();
        for (int i = Limits.CodeDigitsMin; i <= Limits.CodeDigitsMax; i++)
        {
            _json.Number(i);
        }

        _json.EndArray();
        _json.Name("code_constraints");
        _json.BeginArray();
        _json.EndArray();
        _json.Member("is_clock_known", _clock.TryGetUtc(out _));
        _json.Member("dropped_events", _state.DroppedEvents);
        _json.Member("is_storage_ok", Storage == StorageStatus.Ok);
        _json.Member("slots_digest", ToHex(_digest.Value));
        _json.EndObject();
        return _json.ToArray();
    }

    private static string ToHex(uint value)
    {
        var text = new char[HexDigits];
        for (int i = 0; i < HexDigits; i++)
        {
            uint digit = (value >> (4 * (HexDigits - 1 - i))) & 15;
            text[i] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }

        return new string(text);
    }
}
