namespace Keyway.Tests.Faults;

/// <summary>
/// One MQTT 3.1.1 control packet as it is on the wire; the proxy looks at no more of it than this.
/// </summary>
/// <param name="Bytes">Fixed header and the rest.</param>
internal sealed record Packet(byte[] Bytes)
{
    private const int Publish = 3;
    private const int PubAck = 4;
    private const byte Duplicate = 0x08;
    private const int LengthBytesMax = 4;

    /// <summary>True for a PUBLISH at QoS 1 or 2: it may be sent again.</summary>
    public bool IsRepeatable => Kind == Publish && (Bytes[0] & 0x06) != 0;

    /// <summary>True for a PUBACK.</summary>
    public bool IsAcknowledgement => Kind == PubAck;

    /// <summary>The packet identifier of a repeatable PUBLISH or a PUBACK.</summary>
    public int Id
    {
        get
        {
            int at = HeaderBytes;
            at += IsAcknowledgement ? 0 : 2 + ReadUInt16(at);
            return ReadUInt16(at);
        }
    }

    private int Kind => Bytes[0] >> 4;

    private int HeaderBytes
    {
        get
        {
            int at = 1;
            while ((Bytes[at] & 0x80) != 0)
            {
                at++;
            }

            return at + 1;
        }
    }

    /// <summary>The same with the DUP flag.</summary>
    public byte[] Again()
    {
        var bytes = (byte[])Bytes.Clone();
        bytes[0] |= Duplicate;
        return bytes;
    }

    /// <summary>Reads the next packet.</summary>
    /// <returns>Null at the end of the stream, also in the middle of a packet.</returns>
    public static async Task<Packet?> ReadAsync(Stream stream, CancellationToken cancel)
    {
        var header = new byte[1 + LengthBytesMax];
        int count = 0;
        int length = 0;
        do
        {
            if (await stream.ReadAtLeastAsync(header.AsMemory(count, 1), 1, false, cancel) == 0)
            {
                return null;
            }

            count++;
            length |= count == 1 ? 0 : (header[count - 1] & 0x7F) << (7 * (count - 2));
        }
        while (count == 1 || ((header[count - 1] & 0x80) != 0 && count <= LengthBytesMax));

        var bytes = new byte[count + length];
        header.AsSpan(0, count).CopyTo(bytes);
        int read = await stream.ReadAtLeastAsync(bytes.AsMemory(count), length, false, cancel);
        return read == length ? new Packet(bytes) : null;
    }

    private int ReadUInt16(int at) => (Bytes[at] << 8) | Bytes[at + 1];
}
