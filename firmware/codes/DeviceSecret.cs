// The lock's secrets and what is computed with them. CodeBook, CodeDigits and what is at the door
// call it; it calls IKeyedHash.

using System;
using System.Text;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Keyed MACs under the device's secret, which never leaves the controller.</summary>
/// <remarks>
/// Each use has a label of its own as first byte of the message, so that no MAC of one kind can
/// stand for another. MACs are cut to 8 bytes: without the secret a guess at one cannot be tried.
/// </remarks>
public sealed class DeviceSecret
{
    /// <summary>Bytes of the secret.</summary>
    public const int SizeBytes = 32;

    private const byte DigitsLabel = (byte)'d';
    private const byte TagLabel = (byte)'t';
    private const byte BackupLabel = (byte)'b';
    private const byte FirstFourLabel = (byte)'4';
    private const byte CommonKeyLabel = (byte)'k';
    private const byte MasterLabel = (byte)'m';
    private const int HashBytes = 32;
    private readonly IKeyedHash _hash;
    private readonly byte[] _secret;
    private readonly byte[] _siteSecret;

    // Of the master code; null: there is none.
    private byte[] _masterMac;

    // Holds a code's tag; a longer common key gets one of its own.
    private readonly byte[] _message = new byte[1 + Frame.BodyBytes + Frame.Tag];
    private readonly byte[] _output = new byte[HashBytes];

    /// <summary>Takes the secrets.</summary>
    /// <param name="hash">Computes HMAC-SHA256.</param>
    /// <param name="secret">32 bytes; kept, not copied.</param>
    /// <param name="siteSecret">The same of the site, for common keys; null: the lock's own.
    /// </param>
    /// <exception cref="ArgumentException">One of them has another length.</exception>
    public DeviceSecret(IKeyedHash hash, byte[] secret, byte[] siteSecret = null)
    {
        _hash = hash;
        _secret = secret;
        _siteSecret = siteSecret ?? secret;
        if (secret.Length != SizeBytes || _siteSecret.Length != SizeBytes)
        {
            throw new ArgumentException();
        }
    }

    /// <summary>Computes HMAC-SHA256.</summary>
    public IKeyedHash Hash => _hash;

    /// <summary>True when the lock has a master code.</summary>
    public bool HasMaster => _masterMac != null;

    /// <summary>Takes the master code, of which a MAC is kept.</summary>
    /// <param name="masterCode">8 to 12 digits.</param>
    /// <exception cref="ArgumentException">They are anything else.</exception>
    public void TakeMaster(string masterCode)
    {
        byte[] digits = Encoding.UTF8.GetBytes(masterCode);
        if (!MasterCode.IsSound(digits))
        {
            throw new ArgumentException();
        }

        _masterMac = new byte[Frame.MacBytes];
        ComputeMasterMac(digits, digits.Length, _masterMac, 0);
        Array.Clear(digits, 0, digits.Length);
    }

    /// <summary>True for the digits of the master code; in a time that does not depend on them.
    /// </summary>
    /// <param name="digits">ASCII digits; the caller's.</param>
    /// <param name="count">How many.</param>
    public bool IsMaster(byte[] digits, int count)
    {
        if (_masterMac == null)
        {
            return false;
        }

        Compute(MasterLabel, digits, count);
        return AreEqual(_output, 0, _masterMac, 0);
    }

    /// <summary>The MAC by which the lock knows digits.</summary>
    /// <param name="digits">ASCII digits; the caller's.</param>
    /// <param name="count">How many, 1 to 12.</param>
    /// <param name="output">Receives 8 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeDigitsMac(byte[] digits, int count, byte[] output, int offset)
    {
        Compute(DigitsLabel, digits, count);
        Array.Copy(_output, 0, output, offset, Frame.MacBytes);
    }

    /// <summary>A short MAC of the first four digits.</summary>
    /// <param name="digits">ASCII digits, at least four; the caller's.</param>
    /// <param name="output">Receives 4 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeFirstFourMac(byte[] digits, byte[] output, int offset)
    {
        Compute(FirstFourLabel, digits, Limits.CodeDigitsMin);
        Array.Copy(_output, 0, output, offset, Frame.FirstFourBytes);
    }

    /// <summary>The MAC by which the lock knows a common code key.</summary>
    /// <param name="key">UTF-8; the caller's.</param>
    /// <param name="keyOffset">Its first byte.</param>
    /// <param name="count">Its bytes, 1 to <see cref="Limits.CommonKeyBytes"/>.</param>
    /// <param name="output">Receives 8 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeCommonKeyMac(
        byte[] key, int keyOffset, int count, byte[] output, int offset)
    {
        byte[] message = count < _message.Length ? _message : new byte[1 + count];
        message[0] = CommonKeyLabel;
        Array.Copy(key, keyOffset, message, 1, count);
        _hash.Compute(_siteSecret, message, 0, 1 + count, _output);
        Array.Clear(message, 0, message.Length);
        Array.Copy(_output, 0, output, offset, Frame.MacBytes);
    }

    /// <summary>The id of the backup code of an access code: a UUID of version 8.</summary>
    /// <param name="id">The access code's, 16 bytes.</param>
    /// <param name="output">Receives 16 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeBackupId(byte[] id, byte[] output, int offset)
    {
        Compute(BackupLabel, id, Uuid.SizeBytes);
        Array.Copy(_output, 0, output, offset, Uuid.SizeBytes);
        output[offset + 6] = (byte)((output[offset + 6] & 0x0F) | 0x80);
        output[offset + 8] = (byte)((output[offset + 8] & 0x3F) | 0x80);
    }

    /// <summary>The MAC of the master code; of no use as one of an access code.</summary>
    /// <param name="digits">ASCII digits; the caller's.</param>
    /// <param name="count">How many, 1 to 12.</param>
    /// <param name="output">Receives 8 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeMasterMac(byte[] digits, int count, byte[] output, int offset)
    {
        Compute(MasterLabel, digits, count);
        Array.Copy(_output, 0, output, offset, Frame.MacBytes);
    }

    /// <summary>Computes the tag over a code's group up to it, without checksums.</summary>
    /// <param name="code">The code; its group bytes are set.</param>
    /// <param name="output">Receives 8 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeTag(AccessCode code, byte[] output, int offset)
    {
        HashTag(code);
        Array.Copy(_output, 0, output, offset, Frame.MacBytes);
    }

    /// <summary>True when a code carries the right tag.</summary>
    public bool HasTag(AccessCode code)
    {
        HashTag(code);
        return AreEqual(_output, 0, code.Bytes, AccessCode.TagOffset);
    }

    /// <summary>Compares two MACs in a time that does not depend on them.</summary>
    public static bool AreEqual(byte[] a, int aOffset, byte[] b, int bOffset)
    {
        return BitConverter.ToInt64(a, aOffset) == BitConverter.ToInt64(b, bOffset);
    }

    private void HashTag(AccessCode code)
    {
        _message[0] = TagLabel;
        Array.Copy(code.Bytes, 0, _message, 1, Frame.BodyBytes);
        Array.Copy(code.Bytes, Frame.SizeBytes, _message, 1 + Frame.BodyBytes, Frame.Tag);

        // The same code when it is carried on.
        _message[1 + Frame.Group] &= unchecked((byte)~Frame.Carried);
        _message[1 + Frame.BodyBytes + Frame.Group] &= unchecked((byte)~Frame.Carried);
        Finish(1 + Frame.BodyBytes + Frame.Tag);
    }

    private void Compute(byte label, byte[] text, int count)
    {
        _message[0] = label;
        Array.Copy(text, 0, _message, 1, count);
        Finish(1 + count);
    }

    // Into _output.
    private void Finish(int count)
    {
        _hash.Compute(_secret, _message, 0, count, _output);
        Array.Clear(_message, 0, _message.Length);
    }
}
