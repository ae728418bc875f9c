using System.Text;
using CsCheck;
using Keyway.Boards.Mqtt;
using Keyway.Boards.Virtual;
using Keyway.Hal;

namespace Keyway.Tests.Fuzz;

/// <summary>The session of boards/mqtt, given bytes of a broker in slices, beside a second reading
/// of all of them.</summary>
public sealed class PacketTarget : ITarget
{
    private const int PayloadMax = 32;
    private const int CallsPerStep = 300;
    private const int StepsPerByte = 4;

    private static readonly byte[][] Pieces =
    [
        [0x40, 2, 0, 1], [0x40, 2, 0, 2], [0xD0, 0], [0x90, 3, 0xFF, 0xFF, 1],
        [0x90, 3, 0xFF, 0xFF, 0x80], [0x20, 2, 0, 0], [0x30, 3, 0, 1, (byte)'t'],
        [0x32, 6, 0, 1, (byte)'t', 0, 9, 7], [0x3B, 6, 0, 1, (byte)'t', 0, 9, 7], [0x34],
        [0x80], [0xFF], [0x7F], [0], [0xC3, 0xA9],
    ];

    public Gen<byte[]> Inputs { get; } = Gen.Frequency(
        (6, Packets()), (5, Mutations.Of(Packets(), Pieces)),
        (1, Gen.OneOf(Pieces).Array[0, 8].Select(all => all.SelectMany(one => one).ToArray())),
        (1, Gen.Byte.Array[0, 64]));

    public string? Check(byte[] input)
    {
        List<string> expected = PlainPackets.Read(input, PacketReader.SizeFor(PayloadMax),
            PayloadMax, MqttMessage.TopicBytesMax);
        for (int slice = 1; slice < 400; slice = slice * 3 + 1)
        {
            List<string> seen = Give(input, slice, out string? wrong);
            if (wrong != null)
            {
                return $"slices of {slice}: {wrong}";
            }

            // Answers leave no trace but the one ticket.
            string[] due = [.. expected.Where(IsMessage),
                .. expected.Where(line => line is "acknowledged 1" or "closed").Distinct()];
            if (!seen.Order().SequenceEqual(due.Order())
                || !seen.Where(IsMessage).SequenceEqual(due.Where(IsMessage)))
            {
                return $"slices of {slice}: {string.Join(" | ", seen)}, plain "
                    + string.Join(" | ", due);
            }
        }

        return null;
    }

    private static bool IsMessage(string line) =>
        line.StartsWith("message", StringComparison.Ordinal);

    private static List<string> Give(byte[] input, int slice, out string? wrong)
    {
        wrong = null;
        var seen = new List<string>();
        var stream = new GivenBytes(input, slice);
        var session = new MqttSession(
            stream, new VirtualClock(), "me", null, null, PayloadMax);
        session.BeginConnect("w", []);
        session.Step();
        session.Subscribe(["t"]);
        session.Publish("t", new byte[MqttMessage.HeadroomBytes], MqttMessage.HeadroomBytes, 0,
            false);
        for (int i = 0; i < (input.Length + 8) * StepsPerByte; i++)
        {
            int before = stream.Calls;
            stream.ForgetSent();
            session.Step();
            if (session.TryTakeMessage(out MqttMessage message))
            {
                string line = Line(message);
                session.MessageDone();
                seen.Add($"{line} {stream.Acknowledged} {message.Retained}");
            }

            if (stream.Calls - before > CallsPerStep)
            {
                wrong = $"{stream.Calls - before} calls in a step";
            }
        }

        seen.AddRange(session.TryTakeAcknowledged(out _) ? ["acknowledged 1"] : []);
        seen.AddRange(session.State == MqttSessionState.Closed ? ["closed"] : []);
        return seen;
    }

    private static string Line(MqttMessage message)
    {
        int judged = Math.Min(message.Count, PayloadMax);
        return $"message {Convert.ToHexString(Encoding.UTF8.GetBytes(message.Topic))} "
            + $"{message.Count} "
            + Convert.ToHexString(message.Payload, message.Offset, judged);
    }

    private static Gen<byte[]> Packets()
    {
        Gen<byte[]> message = Gen.Select(Gen.Int[1, 12], Gen.Int[0, 90], Gen.Int[0, 1],
            Gen.Byte, (topic, payload, quality, seed) =>
            {
                int length = 2 + topic + (2 * quality) + payload;
                byte[] head = length < 128 ? [(byte)length]
                    : [(byte)(0x80 | (length & 0x7F)), (byte)(length >> 7)];
                return (byte[])
                [
                    (byte)(0x30 | (quality << 1) | (seed & 1)), .. head, 0, (byte)topic,
                    .. Enumerable.Repeat((byte)('a' + (seed % 26)), topic),
                    .. quality == 0 ? Array.Empty<byte>() : [seed, 1],
                    .. Enumerable.Range(0, payload).Select(i => (byte)(i + seed)),
                ];
            });
        return Gen.Frequency((3, message), (1, Gen.OneOf(Pieces[..4])))
            .Array[0, 6].Select(all => all.SelectMany(one => one).ToArray());
    }
}
