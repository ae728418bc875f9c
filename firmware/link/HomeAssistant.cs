// How Home Assistant finds the lock: one retained message of MQTT device discovery. Link publishes
// it after the birth, if the lock's settings ask for it.

namespace Keyway.Firmware;

/// <summary>Writes the discovery message.</summary>
/// <remarks>
/// The names of members and the words are Home Assistant's: its documents "MQTT Discovery", "MQTT
/// Lock", "MQTT Binary sensor", "MQTT Sensor". Its sandbox allows ranges of at most 100,000, hence
/// the small random numbers.
/// </remarks>
public static class HomeAssistant
{
    /// <summary>The prefix that Home Assistant has when nobody has changed it.</summary>
    public const string DefaultPrefix = "homeassistant";

    private const string Name = "Keyway";
    private const string NewId = "{% set r=range(65536) %}{% set q=range(4096) %}"
        + "{{'%04x%04x-%04x-4%03x-a%03x-%04x%04x%04x'|format("
        + "r|random,r|random,r|random,q|random,q|random,r|random,r|random,r|random)}}";

    private const string Utc = ".strftime('%Y-%m-%dT%H:%M:%SZ')}}";
    private const string Command = "{\"action_attempt_id\":\"" + NewId
        + "\",\"action_type\":\"{{value}}\",\"issued_at\":\"{{utcnow()" + Utc
        + "\",\"expires_at\":\"{{(utcnow()+timedelta(seconds=30))" + Utc + "\"}";

    /// <summary>The topic of a lock's message.</summary>
    /// <param name="prefix">Home Assistant's discovery prefix.</param>
    /// <param name="deviceId">The lock's id.</param>
    public static string TopicOf(string prefix, string deviceId) =>
        prefix + "/device/" + deviceId + "/config";

    /// <summary>Writes the message.</summary>
    /// <param name="json">Is begun anew.</param>
    /// <param name="deviceId">The lock's id.</param>
    /// <param name="topics">Its topics.</param>
    /// <param name="hasContact">The door's contact is watched.</param>
    public static void Write(JsonWriter json, string deviceId, Topics topics, bool hasContact)
    {
        json.Reset();
        json.BeginObject();
        json.Name("device");
        json.BeginObject();
        json.Member("identifiers", deviceId);
        json.Member("name", "Lock");
        json.Member("manufacturer", Name);
        json.Member("sw_version", AgentSettings.FirmwareVersion);
        json.EndObject();
        json.Name("origin");
        json.BeginObject();
        json.Member("name", Name);
        json.EndObject();
        json.Member("availability_topic", topics.Status);
        json.Member("availability_template",
            "{{'online' if value_json.online else 'offline'}}");
        json.Member("state_topic", topics.Door);
        json.Name("components");
        json.BeginObject();
        Lock(json, deviceId, topics);
        Sensor(json, deviceId, "tamper", null, "tamper", "is_tampered");
        Sensor(json, deviceId, "lockout", "Lockout", "problem", "is_locked_out");
        if (hasContact)
        {
            Sensor(json, deviceId, "door", null, "door", "door_open");
        }

        LastUser(json, deviceId, topics);
        json.EndObject();
        json.EndObject();
    }

    private static void Lock(JsonWriter json, string deviceId, Topics topics)
    {
        Begin(json, deviceId, "lock", "lock");
        json.Member("name", (string)null);
        json.Member("value_template", "{{'LOCKED' if value_json.locked else 'UNLOCKED'}}");
        json.Member("command_topic", topics.CommandTopic((int)CommandAction.MoveDoor));
        json.Member("command_template", Command);
        json.Member("payload_lock", "LOCK_DOOR");
        json.Member("payload_unlock", "UNLOCK_DOOR");
        json.Member("qos", 1);
        json.EndObject();
    }

    // Without a name Home Assistant takes the device class.
    private static void Sensor(JsonWriter json, string deviceId, string word, string name,
        string deviceClass, string member)
    {
        Begin(json, deviceId, word, "binary_sensor");
        if (name != null)
        {
            json.Member("name", name);
        }

        json.Member("device_class", deviceClass);
        json.Member("value_template", "{{'ON' if value_json." + member + " else 'OFF'}}");
        json.EndObject();
    }

    private static void LastUser(JsonWriter json, string deviceId, Topics topics)
    {
        Begin(json, deviceId, "user", "sensor");
        json.Member("name", "Last user");
        json.Member("state_topic", topics.Events);
        json.Member("value_template", "{{value_json.access_code_id if "
            + "value_json.event_type=='lock.unlocked' and value_json.access_code_id is defined "
            + "else this.state}}");
        json.EndObject();
    }

    private static void Begin(JsonWriter json, string deviceId, string word, string platform)
    {
        json.Name(word);
        json.BeginObject();
        json.Member("platform", platform);
        json.Member("unique_id", deviceId + "_" + word);
    }
}
