using System.Text;

namespace Keyway.Tests.Fuzz;

/// <summary>A second reading of what a broker sends: the whole of it at once, as MQTT 3.1.1 has
/// it.</summary>
public static class PlainPackets
{
    /// <summary>What a session should make of bytes that follow its subscription.</summary>
    /// <param name="bytes">From the broker.</param>
    /// <param name="bufferBytes">The longest packet that is kept whole.</param>
    /// <param name="payloadMax">The longest payload that is kept.</param>
    /// <param name="topicMax">The longest topic.</param>
    /// <returns>A line an event; the last one is "closed" where it is no MQTT.</returns>
    public static List<string> Read(byte[] bytes, int bufferBytes, int payloadMax, int topicMax)
    {
        var events = new List<string>();
        int at = 0;
        while (true)
        {
            int start = at;
            int length = 0;
            int count = 0;
            at++;
            do
            {
                if (at >= bytes.Length)
                {
                    return events;
                }

                length |= (bytes[at] & 0x7F) << (7 * count);
                count++;
                at++;
                if (count == 4 && (bytes[at - 1] & 0x80) != 0)
                {
                    return Closed(events);
                }
            }
            while ((bytes[at - 1] & 0x80) != 0);

            byte[] body = bytes[at..Math.Min(bytes.Length, at + length)];
            int kept = bufferBytes - (at - start);
            bool isPublish = bytes[start] >> 4 == 3;

            // A packet that is longer than the buffer is judged once the buffer is full.
            if (length > kept && body.Length >= kept
                && (!isPublish || Number(body, 0) > topicMax))
            {
                return Closed(events);
            }

            if (body.Length < length)
            {
                return events;
            }

            string? line = isPublish ? Message(bytes[start], body, payloadMax, kept, topicMax)
                : Answer(bytes[start], body);
            if (line == null)
            {
                return Closed(events);
            }

            events.Add(line);
            if (line.StartsWith("refused", StringComparison.Ordinal))
            {
                return Closed(events[..^1]);
            }

            at += length;
        }
    }

    private static List<string> Closed(List<string> events) => [.. events, "closed"];

    private static int Number(byte[] bytes, int at) => (bytes[at] << 8) | bytes[at + 1];

    private static string? Message(
        byte first, byte[] body, int payloadMax, int kept, int topicMax)
    {
        int quality = (first >> 1) & 3;
        int topic = body.Length < 2 ? 0 : Number(body, 0);
        int payload = 2 + topic + (quality > 0 ? 2 : 0);
        if (quality > 1 || topic == 0 || topic > topicMax || payload > Math.Min(body.Length, kept))
        {
            return null;
        }

        byte[] bytes = body[payload..Math.Min(body.Length, payload + payloadMax + 1)];
        string id = quality == 0 ? "none" : $"{Number(body, 2 + topic)}";
        int judged = Math.Min(bytes.Length, payloadMax);
        return $"message {Convert.ToHexString(Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(body, 2, topic)))} {bytes.Length} "
            + $"{Convert.ToHexString(bytes[..judged])} {id} {(first & 1) != 0}";
    }

    private static string? Answer(byte first, byte[] body) => first switch
    {
        0x40 when body.Length == 2 => $"acknowledged {Number(body, 0)}",
        0x90 when body.Length > 2 => body[2..].Any(code => code > 2) ? "refused" : "granted",
        0xD0 when body.Length == 0 => "alive",
        _ => null,
    };
}
