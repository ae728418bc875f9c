using System.Reflection;
using System.Text;
using Keyway.Tests.Sim;

namespace Keyway.Tests.Host;

/// <summary>What is on the managed heap of a device at one moment.</summary>
internal sealed class Footprint
{
    private const BindingFlags Instance =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags Static =
        BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    // Main, the method that runs the lock, its loop, and what that waits in.
    private const int FramesOfLoop = 4;
    private const string Devices = "System.Device.";
    private readonly DeviceImage _image;
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);

    private Footprint(DeviceImage image, int mainFrames)
    {
        _image = image;
        Add(HeapPart.Tables, image.Tables.Values.Sum());
        Add(HeapPart.Threads, DeviceHeap.Thread + mainFrames * DeviceHeap.Frame);
        Add(HeapPart.Statics, VendorHeap.Runtime);
        foreach ((string Assembly, string Package) package in image.Packages)
        {
            (int tables, int statics) = VendorHeap.Assemblies[package];
            Add(HeapPart.Tables, tables);
            Add(HeapPart.Statics, statics);
        }

        foreach (FieldInfo field in image.Types.SelectMany(type => type.GetFields(Static)))
        {
            Add(HeapPart.Statics, field.IsLiteral ? 0 : Inside(field.GetValue(null)));
        }
    }

    /// <summary>Bytes of each part; own objects are in Other, but those that hold pins.</summary>
    public Dictionary<HeapPart, int> Parts { get; } = [];

    /// <summary>Bytes of own objects and the arrays and strings in them, by the type's name.
    /// </summary>
    public Dictionary<string, int> Types { get; } = [];

    public int Live => Parts.Values.Sum();

    public int WithoutPins => Live - Parts.GetValueOrDefault(HeapPart.Pins);

    /// <summary>The largest array or string made since it connected.</summary>
    public int Largest { get; set; }

    /// <summary>What the smallest heap that works has above what is live.</summary>
    public int Margin => Parts.ContainsKey(HeapPart.Client)
        ? VendorHeap.MarginWithClient : VendorHeap.Margin;

    /// <summary>Counts an image whose Main begins.</summary>
    public static Footprint AtMain(DeviceImage image) => new(image, 1);

    /// <summary>Counts a running image.</summary>
    /// <param name="image">It runs.</param>
    /// <param name="hasTalked">Messages have gone both ways.</param>
    public static Footprint Of(DeviceImage image, bool hasTalked)
    {
        var footprint = new Footprint(image, FramesOfLoop);
        List<object> alive = Census.Alive();
        foreach (object one in alive.Where(one => one is not (Array or string)))
        {
            footprint.Count(one);
        }

        if (hasTalked && footprint.Parts.ContainsKey(HeapPart.Client))
        {
            footprint.Add(HeapPart.Client, VendorHeap.ClientAfterMessages);
        }

        // What only a method holds.
        foreach (object one in alive.Where(one => one is Array or string))
        {
            footprint.Add(HeapPart.Other, footprint.Inside(one));
        }

        return footprint;
    }

    private void Count(object one)
    {
        Type type = one.GetType();
        if (VendorHeap.Objects.TryGetValue(type.FullName!, out (HeapPart Part, int Bytes) vendor))
        {
            Add(vendor.Part, vendor.Bytes);
        }
        else if (_image.IsOwn(type.Namespace))
        {
            FieldInfo[] fields = type.GetFields(Instance);
            int bytes = DeviceHeap.Object(fields.Length)
                + fields.Sum(field => Inside(field.GetValue(one)));
            bool isOfPins = fields.Any(field =>
                $"{field.FieldType}".StartsWith(Devices, StringComparison.Ordinal));
            Add(isOfPins ? HeapPart.Pins : HeapPart.Other, bytes);
            if (!isOfPins)
            {
                Types[type.Name] = Types.GetValueOrDefault(type.Name) + bytes;
            }
        }
    }

    // Arrays, strings and delegates; the objects in them are counted by themselves.
    private int Inside(object? value)
    {
        if (value is not (string or Array or Delegate) || !_seen.Add(value))
        {
            return 0;
        }

        return value switch
        {
            // One that is made may have the letters of some literal that a test has used.
            string text => ReferenceEquals(string.IsInterned(text), text) ? DeviceHeap.Literal
                : DeviceHeap.Text(Encoding.UTF8.GetByteCount(text)),
            Array array => DeviceHeap.Array(array)
                + (array is object[] objects ? objects.Sum(Inside) : 0),
            _ => DeviceHeap.Delegate,
        };
    }

    private void Add(HeapPart part, int bytes) =>
        Parts[part] = Parts.GetValueOrDefault(part) + bytes;
}
