// The secrets of a board's setup file: base64 (RFC 4648, section 4). The runtime's own decoder
// throws, and takes what is cut.

namespace Keyway.Firmware;

/// <summary>Strict base64: padded, no blanks, no bits left over.</summary>
internal static class SecretText
{
    /// <summary>Decodes what must be an exact number of bytes.</summary>
    /// <param name="text">ASCII; the caller's, only read.</param>
    /// <param name="offset">The first byte of the text.</param>
    /// <param name="count">The size of the text.</param>
    /// <param name="output">The caller's; is filled whole, or holds anything after false.</param>
    internal static bool TryRead(byte[] text, int offset, int count, byte[] output)
    {
        int groups = (output.Length + 2) / 3;
        if (count != groups * 4)
        {
            return false;
        }

        int at = 0;
        bool isSound = true;
        for (int group = 0; group < count && isSound; group += 4)
        {
            int bytes = output.Length - at < 3 ? output.Length - at : 3;
            int value = 0;
            for (int i = 0; i < 4; i++)
            {
                int digit = i <= bytes ? ValueOf(text[offset + group + i])
                    : text[offset + group + i] == '=' ? 0 : -1;
                isSound &= digit >= 0;
                value = value << 6 | digit & 63;
            }

            for (int i = 0; i < bytes; i++)
            {
                output[at++] = (byte)(value >> (16 - 8 * i));
            }

            isSound &= (value & (1 << (8 * (3 - bytes))) - 1) == 0;
        }

        return isSound;
    }

    private static int ValueOf(int letter) =>
        letter >= 'A' && letter <= 'Z' ? letter - 'A'
        : letter >= 'a' && letter <= 'z' ? letter - 'a' + 26
        : letter >= '0' && letter <= '9' ? letter - '0' + 52
        : letter == '+' ? 62
        : letter == '/' ? 63
        : -1;
}
