// A connection on which something is changed that protects: World puts it between the agent and
// LoopbackSession.

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Keyway.Boards.Virtual;
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
    private readonly Dictionary<string, (string Text, string Attempt)> _first =
        new(StringComparer.Ordinal);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);

    public MqttSessionState State => session.State;

    public bool CanPublish => session.CanPublish;

    public void Step() => session.Step();

    public void BeginConnect(string willTopic, byte[] willPayload) =>
        session.BeginConnect(willTopic, willPayload);

    public bool Subscribe(string[] topics) => session.Subscribe(topics);

    public int Publish(string topic, byte[] buffer, int offset, int count, bool retain)
    {
        string text = Encoding.UTF8.GetString(buffer, offset, count);
        return session.Publish(topic, Encoding.UTF8.GetBytes(Sent(topic, text)), retain);
    }

    public bool TryTakeAcknowledged(out int ticket) => session.TryTakeAcknowledged(out ticket);

    public bool TryTakeMessage(out MqttMessage message)
    {
        if (!session.TryTakeMessage(out message))
        {
            return false;
        }

        string text = Taken(message.Topic, Encoding.UTF8.GetString(
            message.Payload, message.Offset, message.Count));
        message = new MqttMessage(message.Topic, Encoding.UTF8.GetBytes(text), message.Retained);
        return true;
    }

    public void MessageDone() => session.MessageDone();

    public void Close() => session.Close();

    private string Taken(string topic, string text)
    {
        if (without == Safeguard.ExternalModification
            && topic.EndsWith("/create", StringComparison.Ordinal)
            && !text.Contains("allow_external_modification", StringComparison.Ordinal))
        {
            return text[..^1] + ",\"allow_external_modification\":true}";
        }

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

        if (without == Safeguard.Duress && topic.EndsWith("/events", StringComparison.Ordinal))
        {
            return text.Replace("keyway.duress", "lock.unlocked", StringComparison.Ordinal);
        }

        string attempt = AttemptOf(text);
        if (without == Safeguard.FreshAnswer
            && topic.EndsWith("/answers", StringComparison.Ordinal))
        {
            return AsBefore(text, attempt);
        }

        if (_originals.TryGetValue(attempt, out string? original))
        {
            return text.Replace(attempt, original, StringComparison.Ordinal);
        }

        bool isAgain = attempt.Length > 0 && !_answered.Add(attempt);
        return without == Safeguard.StableAnswer && isAgain
            ? text.Replace("\"result\":", "\"result\": ", StringComparison.Ordinal) : text;
    }

    // What a code was told to be first; a list has the page it had first.
    private string AsBefore(string text, string attempt)
    {
        int at = text.IndexOf("\"access_code_id\":", StringComparison.Ordinal);
        bool isPage = text.Contains("\"access_codes\":", StringComparison.Ordinal);
        if (at < 0)
        {
            return text;
        }

        string about = isPage ? text[text.IndexOf("\"next_cursor\":", StringComparison.Ordinal)..]
            : text.Substring(at, "\"access_code_id\":".Length + IdBytes + 2);
        if (!_first.TryAdd(about, (text, attempt)))
        {
            (string first, string id) = _first[about];
            return first.Replace(id, attempt, StringComparison.Ordinal);
        }

        return text;
    }

    private static string AttemptOf(string text)
    {
        int at = text.IndexOf(Id, StringComparison.Ordinal);
        return at < 0 ? "" : text.Substring(at + Id.Length, IdBytes);
    }

    [GeneratedRegex("\"(issued_at|expires_at)\":\"[^\"]*\"")]
    private static partial Regex Times();
}
