using System.Diagnostics;
using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

[TestClass]
public sealed class FlashImageFileTests : IDisposable
{
    private const int SizeBytes = 8192;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("keyway-flash-");

    private string FileName => Path.Combine(_folder.FullName, "keypad.flash");

    public void Dispose() => _folder.Delete(recursive: true);

    [TestMethod]
    public void New_file_is_an_erased_chip()
    {
        using var flash = new FlashImageFile(FileName, SizeBytes);

        Assert.HasCount(SizeBytes, flash.Image);
        Assert.IsTrue(flash.Image.All(b => b == 0xFF));
        Assert.AreEqual(SizeBytes, new FileInfo(FileName).Length);
    }

    [TestMethod]
    public void Written_range_is_there_after_reopening()
    {
        using (var flash = new FlashImageFile(FileName, SizeBytes))
        {
            flash.Image[4095] = 1;
            flash.Image[4096] = 2;
            flash.Image[8191] = 3;
            flash.Write(4095, 2);
        }

        using var reopened = new FlashImageFile(FileName, SizeBytes);
        Assert.AreEqual(1, reopened.Image[4095]);
        Assert.AreEqual(2, reopened.Image[4096]);
        Assert.AreEqual(0xFF, reopened.Image[8191], "outside the range that was written");
    }

    [TestMethod]
    public void Written_range_reaches_the_file_before_it_is_closed()
    {
        using var flash = new FlashImageFile(FileName, SizeBytes);
        flash.Image[0] = (byte)'K';
        flash.Write(0, 1);

        // Another process, because .NET would respect the lock.
        using Process head = Process.Start(
            new ProcessStartInfo("head", ["-c", "1", FileName]) { RedirectStandardOutput = true })!;
        Assert.AreEqual("K", head.StandardOutput.ReadToEnd());
        head.WaitForExit();
    }

    [TestMethod]
    public void Second_user_is_kept_out_until_the_first_is_done()
    {
        using (new FlashImageFile(FileName, SizeBytes))
        {
            IOException thrown = Assert.ThrowsExactly<IOException>(
                () => new FlashImageFile(FileName, SizeBytes));
            StringAssert.Contains(thrown.Message, FileName);
        }

        new FlashImageFile(FileName, SizeBytes).Dispose();
    }

    [TestMethod]
    public void File_of_another_size_is_refused_and_left_as_it_is()
    {
        File.WriteAllBytes(FileName, new byte[SizeBytes - 1]);

        Assert.ThrowsExactly<InvalidDataException>(() => new FlashImageFile(FileName, SizeBytes));

        Assert.AreEqual(SizeBytes - 1, File.ReadAllBytes(FileName).Length);
    }
}
