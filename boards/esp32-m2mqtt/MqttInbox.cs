using Keyway.Hal;

namespace Keyway.Boards.Esp32.M2Mqtt;

/// <summary>
/// What has arrived from the broker and the agent has not taken yet. MqttLink adds on the client's
/// thread, M2MqttSession takes on the agent's. It never grows: what does not fit is counted and
/// gone, and its sender repeats.
/// </summary>
public sealed class MqttInbox
{
    private const int Depth = 8;

    // A message is at most 2 KiB by contract; the broker's max_packet_size is 4,096.
    private const int PayloadMaxBytes = 4_096;

    // Of a heap of 60 to 100 KB no more than four of the longest may wait.
    private const int WaitingMaxBytes = 8_192;

    private readonly MqttMessage[] _messages = new MqttMessage[Depth];
    private int _first;
    private int _count;
    private int _bytes;

    /// <summary>Adds a message; one that does not fit or is too long is dropped.</summary>
    /// <param name="message">The inbox's from now on.</param>
    public void Add(MqttMessage message)
    {
        lock (_messages)
        {
            int bytes = message.Payload.Length;
            if (_count == Depth || bytes > PayloadMaxBytes || _bytes + bytes > WaitingMaxBytes)
            {
                return;
            }

            _messages[(_first + _count) % Depth] = message;
            _count++;
            _bytes += bytes;
        }
    }

    /// <summary>Takes the oldest message.</summary>
    /// <param name="message">The message; null when there is none.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake(out MqttMessage message)
    {
        lock (_messages)
        {
            message = _messages[_first];
            if (_count == 0)
            {
                return false;
            }

            _messages[_first] = null;
            _first = (_first + 1) % Depth;
            _count--;
            _bytes -= message.Payload.Length;
            return true;
        }
    }
}
