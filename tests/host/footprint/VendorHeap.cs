using Keyway.Tests.Sim;

namespace Keyway.Tests.Host;

/// <summary>What the vendors' assemblies take of the managed heap: measured once on the device's
/// runtime, built for 32 bits. Another version of a package is measured anew.</summary>
internal static class VendorHeap
{
    /// <summary>What the runtime has before anything of an image.</summary>
    public const int Runtime = 156;

    /// <summary>What the smallest heap that works has above what is live, where nothing that is
    /// made is larger than 600 bytes.</summary>
    /// <remarks>Measured with the whole image of esp32-devkitc on the device's runtime, built for
    /// 32 bits, over a broker: 250 creates one after the other, 20 entries, 40 deletes and creates,
    /// a broker that restarts. With 64,512 bytes all was answered, with 63,488 it ran out of memory
    /// after it had connected, HeapNeeds being 0; 58,992 were live with 250 codes.</remarks>
    public const int Margin = 5_520;

    /// <summary>The same with the vendor's client, which holds a message twice; measured of an
    /// older commit.</summary>
    public const int MarginWithClient = 7_400;

    /// <summary>What the client keeps of messages, beyond what it has when it is connected.
    /// </summary>
    public const int ClientAfterMessages = 1_300;

    /// <summary>Assemblies: tables, and what their static fields hold when Main begins.</summary>
    public static readonly Dictionary<(string Assembly, string Package), (int Tables, int Statics)>
        Assemblies = new()
        {
            [("mscorlib", "nanoFramework.CoreLibrary.1.17.11")] = (4_056, 156),
            [("nanoFramework.Hardware.Esp32", "nanoFramework.Hardware.Esp32.1.6.40")] = (1_560, 0),
            [("nanoFramework.M2Mqtt", "nanoFramework.M2Mqtt.5.1.220")] = (3_084, 0),
            [("nanoFramework.M2Mqtt.Core", "nanoFramework.M2Mqtt.5.1.220")] = (600, 0),
            [("nanoFramework.Networking.Sntp", "nanoFramework.Networking.Sntp.1.6.42")] = (192, 0),
            [("nanoFramework.Runtime.Events", "nanoFramework.Runtime.Events.1.11.37")] =
                (600, 1_332),
            [("nanoFramework.Runtime.Native", "nanoFramework.Runtime.Native.1.7.11")] = (420, 0),
            [("nanoFramework.System.Collections", "nanoFramework.System.Collections.1.5.75")] =
                (660, 12),
            [("nanoFramework.System.IO.Hashing", "nanoFramework.System.IO.Hashing.1.0.40")] =
                (204, 0),
            [("nanoFramework.System.Security.Cryptography",
                "nanoFramework.System.Security.Cryptography.1.0.38")] = (384, 0),
            [("nanoFramework.System.Text", "nanoFramework.System.Text.1.3.42")] = (636, 0),
            [("System.Device.Gpio", "nanoFramework.System.Device.Gpio.1.1.62")] = (840, 132),
            [("System.Device.Spi", "nanoFramework.System.Device.Spi.1.3.89")] = (480, 0),
            [("System.Device.Wifi", "nanoFramework.System.Device.Wifi.1.5.149")] = (1_116, 12),
            [("System.IO.FileSystem", "nanoFramework.System.IO.FileSystem.1.1.93")] = (1_944, 540),
            [("System.IO.Streams", "nanoFramework.System.IO.Streams.1.1.96")] = (888, 0),
            [("System.Net", "nanoFramework.System.Net.1.11.60")] = (2_520, 492),
            [("System.Threading", "nanoFramework.System.Threading.1.1.52")] = (612, 252),
        };

    /// <summary>Objects, by the type's full name; what each has inside is in it.</summary>
    public static readonly Dictionary<string, (HeapPart Part, int Bytes)> Objects = new()
    {
        ["System.Device.Gpio.GpioController"] = (HeapPart.Pins, 288),
        ["System.Device.Gpio.GpioPin"] = (HeapPart.Pins, 228),
        ["System.Device.Spi.SpiDevice"] = (HeapPart.Pins, 228),
        ["System.Device.Wifi.WifiAdapter"] = (HeapPart.Other, 48),
        ["System.Net.Sockets.Socket"] = (HeapPart.Other, 400),
        ["System.Random"] = (HeapPart.Other, 24),
        ["System.Threading.AutoResetEvent"] = (HeapPart.Other, 12),

        // The object, and two frames: of its method, and of what it waits in.
        ["System.Threading.Thread"] =
            (HeapPart.Threads, DeviceHeap.Object(5) + DeviceHeap.Thread + 2 * DeviceHeap.Frame),

        // Connected, without its threads, which are counted by themselves.
        ["nanoFramework.M2Mqtt.MqttClient"] = (HeapPart.Client, 5_460),
    };
}
