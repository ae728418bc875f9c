namespace System.IO;

/// <summary>A file of the internal storage, read or written from its beginning.</summary>
public sealed class FileStream : IDisposable
{
    private readonly string _path;
    private int _at;

    public FileStream(string path, FileMode mode)
    {
        _path = path;
        if (mode == FileMode.Create)
        {
            File.Files(path)[path] = [];
        }
    }

    public long Length => File.Files(_path)[_path].Length;

    public int Read(byte[] buffer, int offset, int count)
    {
        byte[] bytes = File.Files(_path)[_path];
        int got = Math.Min(count, bytes.Length - _at);
        Array.Copy(bytes, _at, buffer, offset, got);
        _at += got;
        return got;
    }

    public void Write(byte[] buffer, int offset, int count) =>
        File.Files(_path)[_path] =
            [.. File.Files(_path)[_path], .. buffer.AsSpan(offset, count)];

    public void Dispose()
    {
    }
}
