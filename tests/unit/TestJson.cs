// JSON in tests, with ' for ": payloads to send, and what came back.

using System.Text;

namespace Keyway.Tests.Unit;

internal static class TestJson
{
    /// <summary>UTF-8 of a text in which every ' stands for ".</summary>
    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(Quote(text));

    /// <summary>The text with every ' as ".</summary>
    internal static string Quote(string text)
    {
        char[] characters = text.ToCharArray();
        for (int i = 0; i < characters.Length; i++)
        {
            if (characters[i] == '\'')
            {
                characters[i] = '"';
            }
        }

        return new string(characters);
    }

    /// <summary>The text of a payload, with every " as '.</summary>
    internal static string Text(byte[] payload)
    {
        byte[] copy = new byte[payload.Length];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = payload[i] == '"' ? (byte)'\'' : payload[i];
        }

        return Encoding.UTF8.GetString(copy, 0, copy.Length);
    }

    /// <summary>An id that differs for each number.</summary>
    internal static string Id(int number)
    {
        string digits = "000000000000" + number;
        return "a77e3b70-0000-4000-8000-" + digits.Substring(digits.Length - 12);
    }
}
