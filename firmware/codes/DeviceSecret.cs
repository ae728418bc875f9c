// The lock's secret and what is computed with it. CodeBook and Door call it; it calls IKeyedHash.

using System;
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
    private readonly byte[] _message = new byte[1 + Limits.CommonKeyBytes];
    private readonly byte[] _tag = new byte[Frame.MacBytes];
    private readonly byte[] _output = new byte[HashBytes];

    /// <summary>Takes the secret.</summary>
    /// <param name="hash">Computes HMAC-SHA256.</param>
    /// <param name="secret">32 bytes; kept, not copied.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public DeviceSecret(IKeyedHash hash, byte[] secret)
    {
        if (secret.Length != SizeBytes)
        {
            throw new ArgumentException();
        }

        _hash = hash;
        _secret = secret;
    }

    /// <summary>The MAC by which the lock knows digits.</summary>
    /// <param name="digits">ASCII digits; the caller's.</param>
    /// <param name="count">How many, 1 to 12.</param>
    /// <param name="output">Receives 8 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeDigitsMac(byte[] digits, int count, byte[] output, int offset)
    {
        Compute(DigitsLabel, digits, count, output, offset);
    }

    /// <summary>A short MAC of the first four digits.</summary>
    /// <param name="digits">ASCII digits, at least four; the caller's.</param>
    /// <param name="output">Receives 4 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeFirstFourMac(byte[] digits, byte[] output, int offset)
    {
        Compute(FirstFourLabel, digits, Limits.CodeDigitsMin, _tag, 0);
        Array.Copy(_tag, 0, output, offset, Frame.FirstFourBytes);
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
        _message[0] = CommonKeyLabel;
        Array.Copy(key, keyOffset, _message, 1, count);
        Finish(1 + count, output, offset);
    }

    /// <summary>The id of the backup code of an access code: a UUID of version 8.</summary>
    /// <param name="id">The access code's, 16 bytes.</param>
    /// <param name="output">Receives 16 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeBackupId(byte[] id, byte[] output, int offset)
    {
        _message[0] = BackupLabel;
        Array.Copy(id, 0, _message, 1, Uuid.SizeBytes);
        _hash.Compute(_secret, _message, 0, 1 + Uuid.SizeBytes, _output);
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
        Compute(MasterLabel, digits, count, output, offset);
    }

    /// <summary>Computes the tag over a code's group up to it, without checksums.</summary>
    /// <param name="code">The code; its group bytes are set.</param>
    /// <param name="output">Receives 8 bytes.</param>
    /// <param name="offset">Where.</param>
    public void ComputeTag(AccessCode code, byte[] output, int offset)
    {
        _message[0] = TagLabel;
        Array.Copy(code.Bytes, 0, _message, 1, Frame.BodyBytes);
        Array.Copy(code.Bytes, Frame.SizeBytes, _message, 1 + Frame.BodyBytes, Frame.Tag);

        // The same code when it is carried on.
        _message[1 + Frame.Group] &= unchecked((byte)~Frame.Carried);
        _message[1 + Frame.BodyBytes + Frame.Group] &= unchecked((byte)~Frame.Carried);
        Finish(1 + Frame.BodyBytes + Frame.Tag, output, offset);
    }

    /// <summary>True when a code carries the right tag.</summary>
    public bool HasTag(AccessCode code)
    {
        ComputeTag(code, _tag, 0);
        return AreEqual(_tag, 0, code.Bytes, AccessCode.TagOffset);
    }

    /// <summary>Compares two MACs in a time that does not depend on them.</summary>
    public static bool AreEqual(byte[] a, int aOffset, byte[] b, int bOffset)
    {
        return BitConverter.ToInt64(a, aOffset) == BitConverter.ToInt64(b, bOffset);
    }

    private void Compute(byte label, byte[] text, int count, byte[] output, int offset)
    {
        _message[0] = label;
        Array.Copy(text, 0, _message, 1, count);
        Finish(1 + count, output, offset);
    }

    private void Finish(int count, byte[] output, int offset)
    {
        _hash.Compute(_secret, _message, 0, count, _output);
        Array.Copy(_output, 0, output, offset, Frame.MacBytes);
        Array.Clear(_message, 0, _message.Length);
    }
}
