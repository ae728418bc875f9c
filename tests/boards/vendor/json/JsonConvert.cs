using System;
using System.Collections;
using System.Text.Json;

namespace nanoFramework.Json;

/// <summary>
/// Stands in for nanoFramework.Json, over the reader of .NET: into a Hashtable, whose values have
/// the types that the vendor's have. What the vendor's takes and .NET's does not (a missing comma,
/// 007, +5) is not shown here, nor what it crashes on.
/// </summary>
public static class JsonConvert
{
    public static object DeserializeObject(string text, Type type)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        if (type != typeof(Hashtable) || document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidOperationException("crashes on the device");
        }

        Hashtable members = [];
        foreach (JsonProperty member in document.RootElement.EnumerateObject())
        {
            members.Add(member.Name, Value(member.Value));
        }

        return members;
    }

    private static object Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number when value.TryGetInt32(out int number):
                return number;
            case JsonValueKind.Number when value.TryGetInt64(out long number):
                return number;
            case JsonValueKind.Number:
                return value.GetDouble();
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            case JsonValueKind.Array:
                ArrayList list = [];
                foreach (JsonElement item in value.EnumerateArray())
                {
                    list.Add(Value(item));
                }

                return list;
            default:
                return null;
        }
    }
}
