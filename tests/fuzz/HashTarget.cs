using System.Security.Cryptography;
using CsCheck;
using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Fuzz;

/// <summary>Both keyed hashes, and each use of one in <see cref="DeviceSecret"/>, beside the class
/// library's HMAC over the same bytes.</summary>
public sealed class HashTarget : ITarget
{
    private readonly IKeyedHash[] _hashes = [new HostKeyedHash(), new ManagedHmac()];

    // The first byte says how long the secret is.
    public Gen<byte[]> Inputs { get; } = Gen.Byte.Array[0, 300];

    public string? Check(byte[] input)
    {
        int size = input.Length == 0 ? 0 : Math.Min(input[0], input.Length - 1);
        byte[] secret = input.Length == 0 ? [] : input[1..(1 + size)];
        int offset = input.Length == 0 ? 0 : 1 + size;
        int count = input.Length - offset;
        byte[] expected = HMACSHA256.HashData(secret, input.AsSpan(offset));
        foreach (IKeyedHash hash in _hashes)
        {
            byte[] output = new byte[32];
            hash.Compute(secret, input, offset, count, output);
            if (!output.AsSpan().SequenceEqual(expected))
            {
                return $"{hash.GetType().Name} gives {Convert.ToHexString(output)}";
            }
        }

        return CheckUses([.. secret, .. new byte[32]], input[offset..]);
    }

    private string? CheckUses(byte[] longSecret, byte[] text)
    {
        byte[] secret = longSecret[..DeviceSecret.SizeBytes];
        byte[] digits = text.Length >= Limits.CodeDigitsMin
            ? text[..Math.Min(text.Length, Limits.CodeDigitsMax)] : "0123"u8.ToArray();
        byte[] key = text[..Math.Min(text.Length, Limits.CommonKeyBytes)];
        byte[] output = new byte[Frame.MacBytes];
        foreach (IKeyedHash hash in _hashes)
        {
            var device = new DeviceSecret(hash, secret);
            device.ComputeDigitsMac(digits, digits.Length, output, 0);
            bool isSound = IsMac(secret, 'd', digits, output, Frame.MacBytes);
            device.ComputeMasterMac(digits, digits.Length, output, 0);
            isSound &= IsMac(secret, 'm', digits, output, Frame.MacBytes);
            device.ComputeCommonKeyMac(key, 0, key.Length, output, 0);
            isSound &= IsMac(secret, 'k', key, output, Frame.MacBytes);
            device.ComputeFirstFourMac(digits, output, 0);
            isSound &= IsMac(secret, '4', digits[..Limits.CodeDigitsMin], output,
                Frame.FirstFourBytes);
            if (!isSound)
            {
                return $"{hash.GetType().Name} under the device's secret";
            }
        }

        return null;
    }

    private static bool IsMac(byte[] secret, char label, byte[] text, byte[] mac, int count) =>
        HMACSHA256.HashData(secret, (byte[])[(byte)label, .. text]).AsSpan(0, count)
            .SequenceEqual(mac.AsSpan(0, count));
}
