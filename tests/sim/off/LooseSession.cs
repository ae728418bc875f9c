// A connection on which something is changed that protects: World puts it between the agent and
// LoopbackSession.

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>Rewrites what comes and what goes.</summary>
/// <param name="session">The connection.</param>
/// <param name="without">What is switched off.</param>
/// <param name="typed">What was typed last.</param>
/// <param name="utc">The time that the lock believes.</param>
public sealed partial class LooseSession(
    IMqttSession session, Safeguard without, Func<string> typed, Func<DateTime> utc)
    : IMqttSession
{
    private const string Id = "\"action_attempt_id\":\"";
    private const int IdBytes = 36;
    private const int ExpirySeconds = 30;
    private readonly Dictionary<string, string> _originals = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);

    public MqttSessionState State => session.State;

    public void BeginConnect(string willTopic, byte[] willPayload) =>
        session.BeginConnect(willTopic, willPayload);

    public bool Subscribe(string[] topics) => session.Subscribe(topics);

    public int Publish(string topic, byte[] payload, bool retain)
    {
        string text = Encoding.UTF8.GetString(payload);
        return session.Publish(topic, Encoding.UTF8.GetBytes(Sent(topic, text)), retain);
    }

    public bool TryTakeAcknowledged(out int ticket) => session.TryTakeAcknowledged(out ticket);

    public bool TryTakeMessage(out MqttMessage message)
    {
        if (!session.TryTakeMessage(out message))
        {
            return false;
        }

        string text = Taken(message.Topic, Encoding.UTF8.GetString(message.Payload));
        message = new MqttMessage(message.Topic, Encoding.UTF8.GetBytes(text), message.Retained);
        return true;
    }

    public void Close() => session.Close();

    private string Taken(string topic, string text)
    {
        string attempt = AttemptOf(text);
        if (without == Safeguard.Dedupe && !_taken.Add(attempt))
        {
            string other = string.Create(
                CultureInfo.InvariantCulture, $"ffffffff-0000-4000-8000-{_originals.Count:x12}");
            _originals.Add(other, attempt);
            return text.Replace(Id + attempt, Id + other, StringComparison.Ordinal);
        }

        return without == Safeguard.Expiry && topic.Contains("/locks/", StringComparison.Ordinal)
            ? Times().Replace(text, time => $"\"{time.Groups[1].Value}\":\""
                + utc().AddSeconds(time.Groups[1].Value == "issued_at" ? 0 : ExpirySeconds)
                    .ToString("s", CultureInfo.InvariantCulture) + "Z\"") : text;
    }

    private string Sent(string topic, string text)
    {
        if (without == Safeguard.SecretDigits
            && topic.EndsWith("/events", StringComparison.Ordinal))
        {
            return $"{text[..^1]},\"code\":\"{typed()}\"}}";
        }

        string attempt = AttemptOf(text);
        if (_originals.TryGetValue(attempt, out string? original))
        {
            return text.Replace(attempt, original, StringComparison.Ordinal);
        }

        bool isAgain = attempt.Length > 0 && !_answered.Add(attempt);
        return without == Safeguard.StableAnswer && isAgain
            ? text.Replace("\"result\":", "\"result\": ", StringComparison.Ordinal) : text;
    }

    private static string AttemptOf(string text)
    {
        int at = text.IndexOf(Id, StringComparison.Ordinal);
        return at < 0 ? "" : text.Substring(at + Id.Length, IdBytes);
    }

    [GeneratedRegex("\"(issued_at|expires_at)\":\"[^\"]*\"")]
    private static partial Regex Times();
}
