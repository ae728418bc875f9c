namespace Keyway.Boards.Mqtt;

/// <summary>One packet on its way out, sent from where it lies; MqttSession owns it.</summary>
public sealed class PacketSender
{
    private readonly IByteStream _stream;
    private byte[] _buffer;
    private int _offset;

    /// <summary>Nothing is to be sent.</summary>
    /// <param name="stream">Where to.</param>
    public PacketSender(IByteStream stream) => _stream = stream;

    /// <summary>How many bytes are to be sent still.</summary>
    public int Left { get; private set; }

    /// <summary>True while bytes of a part of a buffer are needed.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="end">Where the part that begins the buffer ends.</param>
    public bool Needs(byte[] buffer, int end) => Left > 0 && _buffer == buffer && _offset < end;

    /// <summary>Takes a packet, when none is <see cref="Left"/>.</summary>
    /// <param name="buffer">Holds it until it is sent.</param>
    /// <param name="start">Its first byte.</param>
    /// <param name="end">Behind its last byte.</param>
    public void Begin(byte[] buffer, int start, int end)
    {
        _buffer = buffer;
        _offset = start;
        Left = end - start;
    }

    /// <summary>Sends what can be sent at once.</summary>
    /// <returns>How many bytes; below 0: the connection is gone.</returns>
    public int Send()
    {
        int sent = _stream.Write(_buffer, _offset, Left);
        if (sent > 0)
        {
            _offset += sent;
            Left -= sent;
        }

        return sent;
    }

    /// <summary>The rest is not sent any more.</summary>
    public void Forget()
    {
        _buffer = null;
        Left = 0;
    }
}
