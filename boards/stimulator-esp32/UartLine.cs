using System.IO.Ports;
using Keyway.Boards.StimulatorProtocol;
using nanoFramework.Hardware.Esp32;

namespace Keyway.Boards.StimulatorEsp32;

/// <summary>The line to the rig, over UART1, which the runtime calls COM2.</summary>
public sealed class UartLine : ISerialLine
{
    private const string PortName = "COM2";
    private const int DataBits = 8;

    // A host that does not listen must not stop the keys: there is no handshake, so writing ends.
    private const int WriteTimeoutMs = 100;
    private readonly SerialPort _port;

    /// <summary>Opens it.</summary>
    /// <param name="output">GPIO number, to the rig's receiver.</param>
    /// <param name="input">GPIO number, from the rig's transmitter.</param>
    /// <exception cref="System.Exception">The port or a pin is taken.</exception>
    public UartLine(int output, int input)
    {
        Configuration.SetPinFunction(output, DeviceFunction.COM2_TX);
        Configuration.SetPinFunction(input, DeviceFunction.COM2_RX);
        _port = new SerialPort(
            PortName, ProtocolLimits.BaudRate, Parity.None, DataBits, StopBits.One);
        _port.WriteTimeout = WriteTimeoutMs;
        _port.Open();
    }

    /// <inheritdoc/>
    public int Read(byte[] buffer)
    {
        int count = _port.BytesToRead;
        if (count == 0)
        {
            return 0;
        }

        return _port.Read(buffer, 0, count < buffer.Length ? count : buffer.Length);
    }

    /// <inheritdoc/>
    public void Write(byte[] bytes) => _port.Write(bytes, 0, bytes.Length);
}
