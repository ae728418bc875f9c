using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Keyway.Boards.StimulatorProtocol;

namespace Keyway.Tests.Host;

/// <summary>A serial line without a wire: a test holds one end, a program opens the other.
/// Linux.</summary>
internal sealed class PseudoTerminal : ISerialLine, IDisposable
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;
    private const int PathBytes = 128;
    private readonly ConcurrentQueue<byte> _arrived = new();
    private readonly int _master;
    private readonly int _slave;
    private readonly Thread _reading;

    /// <summary>Makes one. The other end is kept open too, so that nothing is lost while no
    /// program has it.</summary>
    public PseudoTerminal()
    {
        _master = posix_openpt(ReadWrite | NoControllingTerminal);
        byte[] path = new byte[PathBytes];
        Assert.IsTrue(_master >= 0 && grantpt(_master) == 0 && unlockpt(_master) == 0
            && ptsname_r(_master, path, PathBytes) == 0, "no pseudo-terminal");
        Path = Encoding.ASCII.GetString(path, 0, Array.IndexOf(path, (byte)0));
        _slave = open(Path, ReadWrite | NoControllingTerminal);
        Assert.IsGreaterThanOrEqualTo(0, _slave, Path);

        // Bytes as they are, and no echo.
        using var stty = Process.Start("stty", ["-F", Path, "raw", "-echo"]);
        stty.WaitForExit();
        Assert.AreEqual(0, stty.ExitCode);
        _reading = new Thread(ReadAll) { IsBackground = true, Name = "pty" };
        _reading.Start();
    }

    /// <summary>What a program opens.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public int Read(byte[] buffer)
    {
        int count = 0;
        while (count < buffer.Length && _arrived.TryDequeue(out buffer[count]))
        {
            count++;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Write(byte[] bytes) => Assert.AreEqual(bytes.Length,
        (int)write(_master, bytes, (nuint)bytes.Length), "written");

    /// <inheritdoc/>
    public void Dispose()
    {
        // With nobody at the other end reading ends.
        _ = close(_slave);
        _reading.Join(TimeSpan.FromSeconds(5));
        _ = close(_master);
    }

    private void ReadAll()
    {
        byte[] buffer = new byte[64];
        int count;
        while ((count = (int)read(_master, buffer, (nuint)buffer.Length)) > 0)
        {
            foreach (byte value in buffer.AsSpan(0, count))
            {
                _arrived.Enqueue(value);
            }
        }
    }

#pragma warning disable IDE1006 // the names are those of the C library
    [DllImport("libc")]
    private static extern int posix_openpt(int flags);

    [DllImport("libc")]
    private static extern int grantpt(int master);

    [DllImport("libc")]
    private static extern int unlockpt(int master);

    [DllImport("libc")]
    private static extern int ptsname_r(int master, byte[] path, nuint size);

    [DllImport("libc", CharSet = CharSet.Ansi, BestFitMapping = false,
        ThrowOnUnmappableChar = true)]
    private static extern int open(string path, int flags);

    [DllImport("libc")]
    private static extern nint read(int file, byte[] buffer, nuint count);

    [DllImport("libc")]
    private static extern nint write(int file, byte[] buffer, nuint count);

    [DllImport("libc")]
    private static extern int close(int file);
#pragma warning restore IDE1006
}
