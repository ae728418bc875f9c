using System.Reflection;

namespace Keyway.Tests.Sim;

/// <summary>How much memory the objects of the firmware hold on to.</summary>
public sealed class ObjectGraph
{
    private const int ObjectBytes = 16;
    private const int FieldBytes = 8;
    private readonly Dictionary<Type, FieldInfo[]> _fields = [];
    private readonly HashSet<object> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _left = new();

    /// <summary>Bytes that an object reaches, roughly; what is behind the seams left out.</summary>
    public long Measure(object root)
    {
        long bytes = 0;
        _seen.Clear();
        Push(root);
        while (_left.TryPop(out object? next))
        {
            bytes += ObjectBytes + SizeOf(next);
        }

        return bytes;
    }

    private long SizeOf(object next)
    {
        if (next is string text)
        {
            return 2 * text.Length;
        }

        if (next is Array array)
        {
            Type element = array.GetType().GetElementType()!;
            if (element.IsPrimitive || element.IsEnum)
            {
                return Buffer.ByteLength(array);
            }

            foreach (object? item in array)
            {
                Push(item);
            }

            return (long)FieldBytes * array.Length;
        }

        FieldInfo[] fields = FieldsOf(next.GetType());
        foreach (FieldInfo field in fields)
        {
            Push(field.GetValue(next));
        }

        return (long)FieldBytes * fields.Length;
    }

    private FieldInfo[] FieldsOf(Type type)
    {
        if (!_fields.TryGetValue(type, out FieldInfo[]? fields))
        {
            fields =
            [
                .. type.GetFields(BindingFlags.Instance | BindingFlags.Public
                    | BindingFlags.NonPublic).Where(field => !field.FieldType.IsPrimitive
                        && !field.FieldType.IsEnum),
            ];
            _fields.Add(type, fields);
        }

        return fields;
    }

    private void Push(object? next)
    {
        bool isOurs = next is Array or string
            || next?.GetType().Namespace is "Keyway.Firmware" or "Keyway.Hal";
        if (isOurs && _seen.Add(next!))
        {
            _left.Push(next!);
        }
    }
}
