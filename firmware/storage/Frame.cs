// Where the bytes of a frame are; FORMAT.md says the same in prose. Nothing here knows of sectors.

using System;

namespace Keyway.Firmware;

/// <summary>The layout of a 64-byte frame.</summary>
/// <remarks>
/// <code>
/// all        | type 1 | group 1 | slot 2 | ...                                     | CRC 4 |
/// Code       | head 4 | attempt 16 | id 16 | MAC 8 | start 4 | end 4 | made 4 | serial 4 | CRC
/// CodeDetail | head 4 | name 32 | key MAC 8 | options 2, action, try | four 4 | tag 8 | CRC
/// Attempt    | head 4 | attempt 16 | id 16 | detail 16 | action, error, member, 0 | serial | CRC
/// Tombstone  | as Attempt; the detail begins with the time until which it is kept
/// Event      | head 4 | event 16 | id 16 | detail 16 | kind, reason, 0 2 | sequence       | CRC
/// Used       | head 4 | 0 32             | time 4 | 0 ...                                | CRC
/// </code>
/// Integers are little-endian. The group byte holds the number of frames in the group in its high
/// four bits, this frame's position in the low three, and between them whether the group was
/// carried on from an older sector.
/// </remarks>
public static class Frame
{
    /// <summary>Bytes of a frame.</summary>
    public const int SizeBytes = 64;

    /// <summary>Bytes of a frame before its checksum.</summary>
    public const int BodyBytes = 60;

    /// <summary>Offset of the type.</summary>
    public const int Type = 0;

    /// <summary>Offset of the group byte.</summary>
    public const int Group = 1;

    /// <summary>Offset of the slot, 2 bytes.</summary>
    public const int Slot = 2;

    /// <summary>Offset of the action attempt's id, 16 bytes: Code and Attempt.</summary>
    public const int AttemptId = 4;

    /// <summary>Offset of the access code's id, 16 bytes: Code and Attempt.</summary>
    public const int AccessCodeId = 20;

    /// <summary>Offset of the MAC of the digits, 8 bytes: Code.</summary>
    public const int DigitsMac = 36;

    /// <summary>Offset of the start in unix seconds, 0 for an ongoing code: Code.</summary>
    public const int StartsAt = 44;

    /// <summary>Offset of the end in unix seconds, 0 for an ongoing code: Code.</summary>
    public const int EndsAt = 48;

    /// <summary>Offset of the time of creation in unix seconds, 0 if not known: Code.</summary>
    public const int CreatedAt = 52;

    /// <summary>Offset of the attempt's serial number, 4 bytes: Code and Attempt.</summary>
    public const int Serial = 56;

    /// <summary>Offset of the detail, 16 bytes: Attempt, Tombstone, Event.</summary>
    public const int Detail = 36;

    /// <summary>Offset in an answer that succeeded of options, action and try of the code, 4
    /// bytes: Attempt.</summary>
    public const int AttemptOptions = 48;

    /// <summary>Offset of the action: Attempt, Tombstone. Of the kind: Event.</summary>
    public const int Action = 52;

    /// <summary>Offset of the <see cref="Refusal"/>, 0 for success: Attempt.</summary>
    public const int Error = 53;

    /// <summary>Offset of the reason: Event.</summary>
    public const int Reason = 53;

    /// <summary>Offset of the time in unix seconds, 0 if not known: Event.</summary>
    public const int OccurredAt = 36;

    /// <summary>Offset of the <see cref="CommandMember"/> that was refused: Event.</summary>
    public const int EventMember = 40;

    /// <summary>Offset of the <see cref="JsonError"/>: Event.</summary>
    public const int EventJsonError = 41;

    /// <summary>Offset of a position or a number, 2 bytes: Event.</summary>
    public const int EventNumber = 42;

    /// <summary>Offset of the <see cref="CommandAction"/> that was refused: Event.</summary>
    public const int EventAction = 44;

    /// <summary>Offset of the member that was refused: Attempt.</summary>
    public const int Member = 54;

    /// <summary>Offset of the name in the second frame of a code, 32 bytes, zero-padded.</summary>
    public const int Name = 4;

    /// <summary>Offset of the common key's MAC in the second frame of a code, 8 bytes.</summary>
    public const int CommonKeyMac = 36;

    /// <summary>Offset of the options in the second frame of a code, 2 bytes.</summary>
    public const int Options = 44;

    /// <summary>Offset in the second frame of a code of the action, in the low four bits, and of
    /// the number of digits where the lock made them, in the high four.</summary>
    public const int CodeAction = 46;

    /// <summary>Offset in the second frame of a code of the try that made its digits.</summary>
    public const int Try = 47;

    /// <summary>Offset of the MAC of the first four digits in the second frame of a code, 4 bytes;
    /// 0 on a lock that does not ask for it.</summary>
    public const int FirstFourMac = 48;

    /// <summary>Bytes of <see cref="FirstFourMac"/>.</summary>
    public const int FirstFourBytes = 4;

    /// <summary>Offset of the tag in the second frame of a code, 8 bytes.</summary>
    public const int Tag = 52;

    /// <summary>Bytes of a MAC or tag on flash.</summary>
    public const int MacBytes = 8;

    /// <summary>Bit of the group byte: carried on from an older sector.</summary>
    public const byte Carried = 8;

    /// <summary>The group byte of a frame.</summary>
    /// <param name="count">Frames in the group, 1 to 15.</param>
    /// <param name="position">This frame's place, from 0.</param>
    public static byte GroupByte(int count, int position) => (byte)((count << 4) | position);

    /// <summary>Reads 2 bytes, little-endian as both this machine and the device are.</summary>
    public static int GetUInt16(byte[] buffer, int offset) =>
        BitConverter.ToUInt16(buffer, offset);

    /// <summary>Writes 2 bytes, little-endian.</summary>
    public static void PutUInt16(byte[] buffer, int offset, int value)
    {
        buffer[offset] = (byte)value;
        buffer[offset + 1] = (byte)(value >> 8);
    }

    /// <summary>Reads 4 bytes, little-endian.</summary>
    public static uint GetUInt32(byte[] buffer, int offset) =>
        BitConverter.ToUInt32(buffer, offset);

    /// <summary>Writes 4 bytes, little-endian.</summary>
    public static void PutUInt32(byte[] buffer, int offset, uint value)
    {
        buffer[offset] = (byte)value;
        buffer[offset + 1] = (byte)(value >> 8);
        buffer[offset + 2] = (byte)(value >> 16);
        buffer[offset + 3] = (byte)(value >> 24);
    }

    /// <summary>Makes a range blank: FF in every byte.</summary>
    /// <param name="buffer">Receives it.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">Bytes, at least 1.</param>
    public static void Blank(byte[] buffer, int offset, int count)
    {
        // Copying what is there already, twice as much each time, beats a loop over bytes.
        buffer[offset] = 0xFF;
        for (int done = 1; done < count; done += done)
        {
            Array.Copy(buffer, offset, buffer, offset + done,
                done < count - done ? done : count - done);
        }
    }

    /// <summary>True when a range is blank: FF in every byte.</summary>
    /// <param name="buffer">Holds it.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">Bytes, a multiple of 8.</param>
    public static bool IsBlank(byte[] buffer, int offset, int count) =>
        IsAll(-1, buffer, offset, count);

    /// <summary>True when a range is burnt: 0 in every byte.</summary>
    /// <param name="buffer">Holds it.</param>
    /// <param name="offset">Where it begins.</param>
    /// <param name="count">Bytes, a multiple of 8.</param>
    public static bool IsBurnt(byte[] buffer, int offset, int count) =>
        IsAll(0, buffer, offset, count);

    private static bool IsAll(long value, byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        while (offset < end && BitConverter.ToInt64(buffer, offset) == value)
        {
            offset += sizeof(long);
        }

        return offset >= end;
    }
}
