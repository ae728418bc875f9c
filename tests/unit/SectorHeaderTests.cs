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
    public void More_than_three_bytes_of_the_retired_unit_retire()
    {
        SectorHeader header = new();
        for (int i = SectorHeader.SizeBytes; i <= SectorHeader.ReadBytes - 4; i++)
        {
            byte[] buffer = Written();
            for (int marked = 0; marked < 4; marked++)
            {
                Assert.IsTrue(header.TryRead(buffer));
                Assert.IsFalse(header.Retired, "" + marked + " bytes from " + i);
                buffer[i + marked] &= 0xFE;
            }

            Assert.IsTrue(header.TryRead(buffer));
            Assert.IsTrue(header.Retired, "4 bytes from " + i);
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

    [TestMethod]
    public void Up_to_three_rotten_bits_leave_it_near_what_its_neighbours_say()
    {
        SectorHeader header = new();
        byte[] buffer = Written();
        buffer[0] ^= 0x80;
        buffer[3] ^= 1;
        buffer[7] ^= 0x10;
        Assert.IsTrue(header.IsNear(buffer, 64, 0x89ABCDEFu));
        buffer[15] ^= 0xFF;
        Assert.IsTrue(header.IsNear(buffer, 64, 0x89ABCDEFu), "who cares how often it was erased");
        buffer[5] ^= 1;
        Assert.IsFalse(header.IsNear(buffer, 64, 0x89ABCDEFu), "four bits");
    }

    [TestMethod]
    public void Nothing_else_is_near()
    {
        SectorHeader header = new();
        Assert.IsFalse(header.IsNear(Blank(), 64, 0x89ABCDEFu));
        Assert.IsFalse(header.IsNear(new byte[SectorHeader.ReadBytes], 64, 0x89ABCDEFu));
        Assert.IsFalse(header.IsNear(Written(), 64, 0x79ABCDEFu));
        byte[] retired = Written();
        Array.Clear(retired, SectorHeader.SizeBytes, 4);
        Assert.IsFalse(header.IsNear(retired, 64, 0x89ABCDEFu));
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
