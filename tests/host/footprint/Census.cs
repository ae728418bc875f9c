using System.Runtime.CompilerServices;
using System.Text;
using Keyway.Tests.Sim;

namespace Keyway.Tests.Host;

/// <summary>Who is alive of the objects that the code of an image has made. HeapWeaver writes the
/// calls into it.</summary>
public static class Census
{
    private const int PruneFrom = 200_000;
    private static readonly Lock s_gate = new();
    private static List<WeakReference> s_made = [];
    private static int s_most = PruneFrom;

    /// <summary>Told of each object when its constructor begins.</summary>
    public static Action<Type>? Constructing { get; set; }

    /// <summary>The largest array or string made since the last <see cref="Restart"/>, in bytes
    /// of the device.</summary>
    public static int Largest { get; private set; }

    public static void Add(object? made)
    {
        if (made == null)
        {
            return;
        }

        lock (s_gate)
        {
            s_made.Add(new WeakReference(made));
            if (s_made.Count > s_most)
            {
                s_made = [.. s_made.Where(one => one.IsAlive)];
                s_most = s_made.Count + PruneFrom;
            }
        }

        if (made is Array or string)
        {
            int bytes = made is Array array ? DeviceHeap.Array(array)
                : DeviceHeap.Text(Encoding.UTF8.GetByteCount((string)made));
            Largest = Math.Max(Largest, bytes);
        }
        else
        {
            Constructing?.Invoke(made.GetType());
        }
    }

    public static void Restart() => Largest = 0;

    /// <summary>All that are alive, once each.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static List<object> Alive()
    {
        GC.Collect();
        lock (s_gate)
        {
            return
            [
                .. s_made.Select(one => one.Target).OfType<object>()
                    .Distinct<object>(ReferenceEqualityComparer.Instance),
            ];
        }
    }

    public static void Clear()
    {
        lock (s_gate)
        {
            s_made.Clear();
        }

        Constructing = null;
    }
}
