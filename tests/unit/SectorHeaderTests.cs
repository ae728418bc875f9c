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
        byte[] buffer = Written();
        Assert.IsTrue(IsValid(buffer));
        Assert.IsTrue(SectorHeader.IsOurs(buffer, 0, 64));
        Assert.IsFalse(SectorHeader.IsOurs(buffer, 0, 65));
        Assert.AreEqual(0x89ABCDEFu, SectorHeader.SequenceOf(buffer, 0));
        Assert.AreEqual(1000, SectorHeader.ErasesOf(buffer, 0));
        Assert.IsFalse(SectorHeader.IsRetired(buffer, 0));
    }

    [TestMethod]
    public void More_than_three_bytes_of_the_retired_unit_retire()
    {
        for (int i = SectorHeader.SizeBytes; i <= SectorHeader.ReadBytes - 4; i++)
        {
            byte[] buffer = Written();
            for (int marked = 0; marked < 4; marked++)
            {
                Assert.IsFalse(
                    SectorHeader.IsRetired(buffer, 0), "" + marked + " bytes from " + i);
                buffer[i + marked] &= 0xFE;
            }

            Assert.IsTrue(IsValid(buffer));
            Assert.IsTrue(SectorHeader.IsRetired(buffer, 0), "4 bytes from " + i);
        }
    }

    [TestMethod]
    public void Flipped_bit_makes_it_none()
    {
        for (int bit = 0; bit < SectorHeader.SizeBytes * 8; bit++)
        {
            byte[] buffer = Written();
            buffer[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(IsValid(buffer), "bit " + bit);
        }
    }

    [TestMethod]
    public void Torn_header_is_none()
    {
        for (int bytes = 0; bytes < SectorHeader.SizeBytes; bytes++)
        {
            byte[] buffer = Blank();
            Array.Copy(Written(), 0, buffer, 0, bytes);
            Assert.IsFalse(IsValid(buffer), "" + bytes + " bytes");
        }
    }

    [TestMethod]
    public void Burnt_header_is_none()
    {
        Assert.IsFalse(IsValid(new byte[SectorHeader.ReadBytes]));
    }

    [TestMethod]
    public void Another_version_is_read()
    {
        byte[] buffer = Written();
        SetVersion(buffer, 0, SectorHeader.Version + 1);
        Assert.IsTrue(IsValid(buffer));
        Assert.IsFalse(SectorHeader.IsOurs(buffer, 0, 64));
    }

    [TestMethod]
    public void Up_to_three_rotten_bits_leave_it_near_what_its_neighbours_say()
    {
        byte[] buffer = Written();
        buffer[0] ^= 0x80;
        buffer[3] ^= 1;
        buffer[7] ^= 0x10;
        Assert.IsTrue(IsNear(buffer, 64, 0x89ABCDEFu));
        buffer[15] ^= 0xFF;
        Assert.IsTrue(IsNear(buffer, 64, 0x89ABCDEFu), "who cares how often it was erased");
        buffer[5] ^= 1;
        Assert.IsFalse(IsNear(buffer, 64, 0x89ABCDEFu), "four bits");
    }

    [TestMethod]
    public void Nothing_else_is_near()
    {
        Assert.IsFalse(IsNear(Blank(), 64, 0x89ABCDEFu));
        Assert.IsFalse(IsNear(new byte[SectorHeader.ReadBytes], 64, 0x89ABCDEFu));
        Assert.IsFalse(IsNear(Written(), 64, 0x79ABCDEFu));
        byte[] retired = Written();
        Array.Clear(retired, SectorHeader.SizeBytes, 4);
        Assert.IsFalse(IsNear(retired, 64, 0x89ABCDEFu));
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
        SectorHeader.Write(new Checksum(), buffer, 0, 64, 0x89ABCDEFu, 1000);
        return buffer;
    }

    private static bool IsValid(byte[] buffer) =>
        SectorHeader.IsValid(new Checksum(), buffer, 0);

    private static bool IsNear(byte[] buffer, int sectors, uint sequence) =>
        SectorHeader.IsNear(buffer, 0, sectors, sequence);

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
