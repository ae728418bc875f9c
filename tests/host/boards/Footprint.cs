using System.Reflection;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Host;

/// <summary>
/// What an agent takes of the device's managed heap, counted over its objects: a block of 12 bytes
/// for an object and each of its fields, two for an array and its elements after them, in whole
/// blocks; a reference is a block. The seams behind the ports are the board's, and not counted.
/// </summary>
internal sealed class Footprint
{
    private const int BlockBytes = 12;
    private const string DeviceId = "5b0c6bb4-1e4e-4a3c-9a55-0e0b5f5f8d11";
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    private Footprint(object root) => Count(root, root.GetType().Name);

    /// <summary>Bytes of the arrays, by the type whose fields hold them.</summary>
    public Dictionary<string, int> Arrays { get; } = [];

    /// <summary>Bytes of all objects and arrays.</summary>
    public int Total { get; private set; }

    /// <summary>Builds a lock and counts it; nothing is started.</summary>
    public static Footprint Of(int capacity, int sectors)
    {
        var clock = new VirtualClock();
        var settings = new AgentSettings(DeviceId, new byte[DeviceSecret.SizeBytes])
        {
            Capacity = capacity,
            FlashSectors = sectors,
        };
        var board = new VirtualBoard(
            settings,
            new W25qChip(
                FlashParts.Find(0xEF4017), clock, sectors * SpiNorFlash.SectorSizeBytes),
            new MatrixKeypad(4, 3, settings.KeyLegend, clock, 0, 1),
            clock,
            new SeededRandom(2),
            new HostKeyedHash());
        board.PowerUp(new LoopbackSession());
        return new Footprint(board.Agent);
    }

    private void Count(object? value, string owner)
    {
        if (value == null || value is string || value is Delegate || !_seen.Add(value))
        {
            return;
        }

        Type type = value.GetType();
        if (value is Array array)
        {
            CountArray(array, type.GetElementType()!, owner);
            return;
        }

        if (type.Assembly != typeof(Agent).Assembly && type.Assembly != typeof(Strike).Assembly)
        {
            return;
        }

        FieldInfo[] fields = type.GetFields(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        Total += BlockBytes * (1 + fields.Length);
        foreach (FieldInfo field in fields)
        {
            if (!field.FieldType.IsPrimitive)
            {
                Count(field.GetValue(value), type.Name);
            }
        }
    }

    private void CountArray(Array array, Type element, string owner)
    {
        int elementBytes = !element.IsPrimitive ? BlockBytes : Buffer.ByteLength(
            Array.CreateInstance(element, 1));
        int bytes = (array.Length * elementBytes) + (2 * BlockBytes);
        bytes = (bytes + BlockBytes - 1) / BlockBytes * BlockBytes;
        Total += bytes;
        Arrays[owner] = Arrays.GetValueOrDefault(owner) + bytes;
        if (!element.IsPrimitive)
        {
            foreach (object? item in array)
            {
                Count(item, owner);
            }
        }
    }
}
