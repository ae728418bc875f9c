namespace Keyway.Boards.StimulatorProtocol;

/// <summary>The stimulator's end of the serial line.</summary>
public interface ISerialLine
{
    /// <summary>Takes what has arrived; does not wait.</summary>
    /// <param name="buffer">Receives it from its start on; the caller's.</param>
    /// <returns>How many bytes; 0: none.</returns>
    int Read(byte[] buffer);

    /// <summary>Sends bytes.</summary>
    /// <param name="bytes">All of them; not kept.</param>
    void Write(byte[] bytes);
}
