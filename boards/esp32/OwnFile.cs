using System;
using System.IO;

namespace Keyway.Boards.Esp32;

/// <summary>Files in the controller's own flash.</summary>
/// <remarks>
/// File's own methods leave each stream to a finalizer, and the first of them makes a thread for
/// it, which stays: 420 bytes.
/// </remarks>
public static class OwnFile
{
    /// <summary>Reads all of a file.</summary>
    /// <param name="path">With its drive.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="Exception">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path)) return null;

        using FileStream stream = Open(path, FileMode.Open);
        byte[] bytes = new byte[(int)stream.Length];
        int count = 0;
        int got = 1;
        while (count < bytes.Length && got > 0)
        {
            got = stream.Read(bytes, count, bytes.Length - count);
            count += got;
        }

        return bytes;
    }

    /// <summary>Writes a file, over the one that is there.</summary>
    /// <param name="path">With its drive.</param>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="Exception">It cannot be written.</exception>
    public static void Write(string path, byte[] bytes)
    {
        using FileStream stream = Open(path, FileMode.Create);
        stream.Write(bytes, 0, bytes.Length);
    }

    private static FileStream Open(string path, FileMode mode)
    {
        FileStream stream = new FileStream(path, mode);
        GC.SuppressFinalize(stream);
        return stream;
    }
}
