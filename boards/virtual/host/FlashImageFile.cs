using Microsoft.Win32.SafeHandles;

namespace Keyway.Boards.Virtual.Host;

/// <summary>
/// The content of a simulated flash chip, kept in a file. The chip works on <see cref="Image"/> and
/// calls <see cref="Write"/> after each program or erase; what has been written outlives a killed
/// process, though not a power cut of the computer.
/// </summary>
public sealed class FlashImageFile : IDisposable
{
    private readonly SafeFileHandle _file;

    /// <summary>
    /// Opens the file, or creates an erased one (FF), and keeps others out until disposed.
    /// </summary>
    /// <exception cref="IOException">Another process or object has it open.</exception>
    /// <exception cref="InvalidDataException">The file has another size.</exception>
    public FlashImageFile(string path, int sizeBytes)
    {
        Image = new byte[sizeBytes];
        _file = OpenExclusively(path);
        try
        {
            ReadOrErase(path);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>What the chip holds. Changes reach the file only by <see cref="Write"/>.</summary>
    public byte[] Image { get; }

    /// <summary>Writes a range of <see cref="Image"/> through to the file.</summary>
    public void Write(int offset, int count) =>
        RandomAccess.Write(_file, Image.AsSpan(offset, count), offset);

    /// <summary>Closes the file and lets others in.</summary>
    public void Dispose() => _file.Dispose();

    private static SafeFileHandle OpenExclusively(string path)
    {
        try
        {
            return File.OpenHandle(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure) when (failure is not (FileNotFoundException
            or DirectoryNotFoundException or PathTooLongException))
        {
            throw new IOException($"{path}: in use, or not readable: {failure.Message}", failure);
        }
    }

    private void ReadOrErase(string path)
    {
        long length = RandomAccess.GetLength(_file);
        if (length == 0)
        {
            Array.Fill(Image, (byte)0xFF);
            Write(0, Image.Length);
            return;
        }

        if (length != Image.Length)
        {
            throw new InvalidDataException(
                $"{path}: {length} bytes, but the chip has {Image.Length}");
        }

        int read = RandomAccess.Read(_file, Image, 0);
        if (read != Image.Length)
        {
            throw new InvalidDataException($"{path}: only {read} bytes could be read");
        }
    }
}
