using System;
using Keyway.Hal;

namespace Keyway.Boards.Esp32;

/// <summary>The ESP32's hardware random number generator.</summary>
/// <remarks>
/// On the ESP32 the runtime's Random reads esp_random() and ignores any seed. The numbers are truly
/// random only while Wi-Fi runs (ESP-IDF Programming Guide, "Random Number Generation"); before,
/// they are predictable to some degree, and nothing secret may be made of them.
/// </remarks>
public sealed class EspRandom : IRandom
{
    private readonly Random _random = new Random();

    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        // NextBytes fills whole arrays only.
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        Array.Copy(bytes, 0, buffer, offset, count);
        Array.Clear(bytes, 0, count);
    }
}
