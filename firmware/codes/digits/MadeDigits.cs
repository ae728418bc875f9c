// Digits that the lock makes. CodeDigits calls it; it calls IKeyedHash and CodeConstraints. Stores
// nothing: the same secret, name and try give the same digits again.

using System;
using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>Digits that follow from a secret, from what they are for, and from a try.</summary>
/// <remarks>
/// HMAC-SHA256 over a label, an access code's id or a common code key's MAC, and the try:
/// <code>
/// | 'm' | id 16 | try 1 |    digits of one access code, under the lock's secret
/// | 'c' | MAC 8 | try 1 |    digits of a common code key, under the site's secret
/// </code>
/// The labels are none of <see cref="DeviceSecret"/>, which keeps their MACs apart. Each of the 32
/// bytes in turn gives a digit: its remainder by the number of digits allowed, where the
/// bytes from the greatest multiple of that number on are left out. So every digit that is allowed
/// is equally likely, without bias, and so is every code that <see cref="CodeConstraints.Judge"/>
/// lets pass. At most 6 of 256 values are left out; that 12 digits find too few bytes happens less
/// than once in 10^25 tries, and is a try that failed. With an existing set, the MAC of try 0
/// chooses one of its codes of that length, and each further try the next, so that each is found.
/// </remarks>
public sealed class MadeDigits
{
    private const byte IdLabel = (byte)'m';
    private const byte KeyLabel = (byte)'c';
    private const int HashBytes = 32;
    private const int ByteValues = 256;
    private readonly IKeyedHash _hash;
    private readonly byte[] _secret;
    private readonly CodeConstraints _constraints;
    private byte[] _output;
    private int _next;

    /// <summary>Takes the secret and what is asked of the digits.</summary>
    /// <param name="hash">Computes HMAC-SHA256.</param>
    /// <param name="secret">32 bytes, the lock's or the site's; kept, not copied.</param>
    /// <param name="constraints">The lock's, or the site's, which all locks of it share.</param>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public MadeDigits(IKeyedHash hash, byte[] secret, CodeConstraints constraints)
    {
        if (secret.Length != DeviceSecret.SizeBytes)
        {
            throw new ArgumentException();
        }

        _hash = hash;
        _secret = secret;
        _constraints = constraints;
    }

    /// <summary>What makes digits for a lock's own codes, or those of a common code key.</summary>
    /// <param name="settings">Has the secrets; that of the site for keys.</param>
    /// <param name="hash">Computes HMAC-SHA256.</param>
    /// <param name="isOfKey">For a common code key.</param>
    public static MadeDigits Of(AgentSettings settings, IKeyedHash hash, bool isOfKey) => isOfKey
        ? new MadeDigits(hash, settings.SiteSecret, settings.SiteConstraints)
        : new MadeDigits(hash, settings.DeviceSecret, settings.Constraints);

    /// <summary>Makes the digits of a stored answer again.</summary>
    /// <param name="settings">The lock's secrets and what it asks of digits.</param>
    /// <param name="hash">Computes HMAC-SHA256.</param>
    /// <param name="answer">As <see cref="ActionAttempts.Read"/> leaves it.</param>
    /// <param name="digits">Receives them, at least 12 bytes.</param>
    /// <returns>How many; 0 when the lock did not make them, or can no longer.</returns>
    public static int Remake(
        AgentSettings settings, IKeyedHash hash, AccessCode answer, byte[] digits)
    {
        byte[] bytes = answer.Bytes;
        var options = (CodeOptions)Frame.GetUInt16(bytes, Frame.AttemptOptions);
        int count = bytes[Frame.AttemptOptions + 2] >> 4;
        bool isOfKey = (options & CodeOptions.FromCommonKey) != 0;
        bool isMade = false;
        if ((options & CodeOptions.Derived) == 0)
        {
            return 0;
        }

        if ((options & CodeOptions.Offline) != 0)
        {
            isMade = settings.OfflineSecret != null
                && new OfflineCode(hash, settings.OfflineSecret).TryMakeFromId(
                    bytes, Frame.AccessCodeId, digits);
        }
        else if (!isOfKey || (settings.SiteSecret != null
            && Frame.GetUInt32(bytes, AccessCode.CommonKeyOffset) != 0))
        {
            isMade = Of(settings, hash, isOfKey).TryMake(bytes,
                isOfKey ? AccessCode.CommonKeyOffset : Frame.AccessCodeId,
                isOfKey ? Frame.MacBytes : Uuid.SizeBytes, count,
                bytes[Frame.AttemptOptions + 3], digits);
        }

        return isMade ? count : 0;
    }

    /// <summary>Makes the digits of one try. They depend on the secret, the seed, the try, the
    /// constraints and the length only, not on what the lock holds: so every lock of a site finds
    /// the same first try for a common code key.</summary>
    /// <param name="seed">Holds an access code's id, or the MAC of a common code key.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">16 for an id, 8 for a MAC; nothing can be made from anything else.
    /// </param>
    /// <param name="length">How many digits, 4 to 12.</param>
    /// <param name="attempt">The try, 0 to <see cref="Limits.MadeTries"/> - 1.</param>
    /// <param name="digits">Receives ASCII digits; all zero bytes after false.</param>
    /// <returns>False when this try gives nothing that the constraints let pass.</returns>
    public bool TryMake(
        byte[] seed, int offset, int count, int length, int attempt, byte[] digits)
    {
        bool isKey = count == Frame.MacBytes;
        if ((!isKey && count != Uuid.SizeBytes) || attempt < 0 || attempt >= Limits.MadeTries
            || !_constraints.Supports(length))
        {
            Array.Clear(digits, 0, digits.Length);
            return false;
        }

        bool isFromSet = _constraints.Asks(CodeConstraint.FromExistingSet);
        var message = new byte[1 + count + 1];
        _output = new byte[HashBytes];
        message[0] = isKey ? KeyLabel : IdLabel;
        Array.Copy(seed, offset, message, 1, count);
        message[1 + count] = (byte)(isFromSet ? 0 : attempt);
        _hash.Compute(_secret, message, 0, message.Length, _output);
        _next = 0;
        bool isMade = isFromSet ? Choose(length, attempt, digits) : Fill(length, digits);
        Array.Clear(_output, 0, HashBytes);
        if (isMade && _constraints.Judge(digits, length) == Refusal.None) return true;

        Array.Clear(digits, 0, digits.Length);
        return false;
    }

    private bool Fill(int length, byte[] digits)
    {
        int alphabet = _constraints.Alphabet;
        int size = DigitRules.SizeOf(alphabet);
        for (int i = 0; i < length; i++)
        {
            int n = NextBelow(size);
            if (n < 0) return false;
            digits[i] = DigitRules.Nth(alphabet, n);
        }

        return true;
    }

    private bool Choose(int length, int attempt, byte[] digits)
    {
        int size = _constraints.CountExisting(length);
        int first = attempt < size ? NextBelow(size) : -1;
        if (first < 0) return false;
        _constraints.CopyExisting(length, (first + attempt) % size, digits);
        return true;
    }

    /// <summary>A number from 0 to size - 1, all equally likely; -1 when the bytes are used up.
    /// </summary>
    private int NextBelow(int size)
    {
        int bound = ByteValues - ByteValues % size;
        while (_next < HashBytes)
        {
            int value = _output[_next++];
            if (value < bound) return value % size;
        }

        return -1;
    }
}
