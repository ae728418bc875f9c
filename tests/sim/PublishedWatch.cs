using System.Text;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>Looks at everything that leaves the lock: answers are right, and nothing has digits.
/// </summary>
/// <param name="ledger">Knows the commands.</param>
/// <param name="duress">Waits for events.</param>
public sealed class PublishedWatch(CodeLedger ledger, DuressWatch duress)
{
    private const int Shortest = SettingsMaker.Shortest;
    private const int Longest = 12;

    /// <summary>Messages that were published.</summary>
    public int Count { get; private set; }

    /// <summary>Looks at a message.</summary>
    /// <returns>The command that it answers; null: none.</returns>
    public SentCommand? Look(MqttMessage message)
    {
        Count++;
        string text = Encoding.UTF8.GetString(message.Payload);
        bool isAnswer = message.Topic.EndsWith("/action_attempts", StringComparison.Ordinal)
            || message.Topic.EndsWith("/answers", StringComparison.Ordinal);
        SentCommand? command = isAnswer ? ledger.Hear(text) : null;
        if (message.Topic.EndsWith("/events", StringComparison.Ordinal))
        {
            duress.Hear(text);
        }

        string secret = Digits(text);
        Violation.Require(secret is "" || command is { MayTell: true },
            $"digits in {message.Topic}: {text}");
        return command;
    }

    /// <summary>Looks for digits where none may be.</summary>
    /// <returns>The digits of a code that occur; or empty.</returns>
    public string Digits(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length)
        {
            int skipped = text[start..].IndexOfAnyInRange('0', '9');
            if (skipped < 0)
            {
                return "";
            }

            start += skipped;
            int count = text[start..].IndexOfAnyExceptInRange('0', '9');
            count = count < 0 ? text.Length - start : count;
            if (count >= Shortest && !IsOfUuid(text, start - 1) && !IsOfUuid(text, start + count)
                && Find(text.Slice(start, count)) is { } found)
            {
                return found;
            }

            start += count;
        }

        return "";
    }

    private static bool IsOfUuid(ReadOnlySpan<char> text, int index) =>
        index >= 0 && index < text.Length
        && (text[index] == '-' || char.IsAsciiHexDigitLower(text[index]));

    private string? Find(ReadOnlySpan<char> run)
    {
        var lookup = ledger.Secrets.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int count = Shortest; count <= Math.Min(Longest, run.Length); count++)
        {
            for (int at = 0; at + count <= run.Length; at++)
            {
                if (lookup.TryGetValue(run.Slice(at, count), out string? found))
                {
                    return found;
                }
            }
        }

        return null;
    }
}
