using System;
using System.IO.Hashing;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class SectorHeaderTests
{
    private const int VersionOffset = 1;
    private const int ChecksumOffset = 12;

    [TestMethod]
    public void Header_reads_back()
    {
        SectorHeader header = new();
        Assert.IsTrue(header.TryRead(Written()));
        Assert.AreEqual(SectorHeader.Version, header.WrittenVersion);
        Assert.AreEqual(64, header.Sectors);
        Assert.AreEqual(0x89ABCDEFu, header.Sequence);
        Assert.AreEqual(1000, header.Erases);
        Assert.IsFalse(header.Retired);
    }

    [TestMethod]
    public void Any_bit_of_the_retired_unit_retires()
    {
        SectorHeader header = new();
        for (int i = SectorHeader.SizeBytes; i < SectorHeader.ReadBytes; i++)
        {
            byte[] buffer = Written();
            buffer[i] &= 0xFE;
            Assert.IsTrue(header.TryRead(buffer));
            Assert.IsTrue(header.Retired, "byte " + i);
        }

        Assert.IsTrue(header.TryRead(Written()));
        Assert.IsFalse(header.Retired, "it is not kept from one sector to the next");
    }

    [TestMethod]
    public void Flipped_bit_makes_it_none()
    {
        SectorHeader header = new();
        for (int bit = 0; bit < SectorHeader.SizeBytes * 8; bit++)
        {
            byte[] buffer = Written();
            buffer[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(header.TryRead(buffer), "bit " + bit);
        }
    }

    [TestMethod]
    public void Torn_header_is_none()
    {
        SectorHeader header = new();
        for (int bytes = 0; bytes < SectorHeader.SizeBytes; bytes++)
        {
            byte[] buffer = Blank();
            Array.Copy(Written(), 0, buffer, 0, bytes);
            Assert.IsFalse(header.TryRead(buffer), "" + bytes + " bytes");
        }
    }

    [TestMethod]
    public void Burnt_header_is_none()
    {
        SectorHeader header = new();
        Assert.IsFalse(header.TryRead(new byte[SectorHeader.ReadBytes]));
    }

    [TestMethod]
    public void Another_version_is_read()
    {
        byte[] buffer = Written();
        SetVersion(buffer, 0, SectorHeader.Version + 1);
        SectorHeader header = new();
        Assert.IsTrue(header.TryRead(buffer));
        Assert.AreEqual(SectorHeader.Version + 1, header.WrittenVersion);
    }

    /// <summary>Gives a header another version and the right checksum.</summary>
    internal static void SetVersion(byte[] buffer, int offset, int version)
    {
        buffer[offset + VersionOffset] = (byte)version;
        byte[] covered = new byte[ChecksumOffset];
        Array.Copy(buffer, offset, covered, 0, ChecksumOffset);
        Frame.PutUInt32(buffer, offset + ChecksumOffset, Crc32.HashToUInt32(covered));
    }

    private static byte[] Written()
    {
        byte[] buffer = Blank();
        new SectorHeader().Write(buffer, 64, 0x89ABCDEFu, 1000);
        return buffer;
    }

    private static byte[] Blank()
    {
        byte[] buffer = new byte[SectorHeader.ReadBytes];
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = 0xFF;
        }

        return buffer;
    }
}
