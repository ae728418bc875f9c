// An access code as it lies on flash: a group of two frames. CommandRunner fills one,
// CodeBook stores and reads it. One object, used again.

using System;
using System.Text;

namespace Keyway.Firmware;

/// <summary>The two frames of an access code, by name.</summary>
public sealed class AccessCode
{
    /// <summary>Frames of an access code.</summary>
    public const int FrameCount = 2;

    private const int Second = Frame.SizeBytes;

    // The others say what has come of it.
    private const CodeOptions AskedOptions = CodeOptions.OneTime | CodeOptions.ExternalModification
        | CodeOptions.Deferred | CodeOptions.UsesPool | CodeOptions.Duress;

    /// <summary>The frames; see <see cref="Frame"/> for the layout.</summary>
    public byte[] Bytes { get; } = new byte[FrameCount * Frame.SizeBytes];

    /// <summary>The lock's index of it.</summary>
    public int Slot
    {
        get => Frame.GetUInt16(Bytes, Frame.Slot);
        set => Frame.PutUInt16(Bytes, Frame.Slot, value);
    }

    /// <summary>True when loading must read its second frame too.</summary>
    public bool HasDetail
    {
        get => Frame.GetUInt16(Bytes, Second + Frame.Slot) != SectorIndex.NoSlot;
        set => Frame.PutUInt16(Bytes, Second + Frame.Slot, value ? Slot : SectorIndex.NoSlot);
    }

    /// <summary>Valid from here, in unix seconds; 0 when ongoing.</summary>
    public long StartsAt
    {
        get => Frame.GetUInt32(Bytes, Frame.StartsAt);
        set => Frame.PutUInt32(Bytes, Frame.StartsAt, (uint)value);
    }

    /// <summary>Valid up to here, in unix seconds, exclusive; 0 when ongoing.</summary>
    public long EndsAt
    {
        get => Frame.GetUInt32(Bytes, Frame.EndsAt);
        set => Frame.PutUInt32(Bytes, Frame.EndsAt, (uint)value);
    }

    /// <summary>When it was written, in unix seconds; 0 when the clock was not known.</summary>
    public long CreatedAt
    {
        get => Frame.GetUInt32(Bytes, Frame.CreatedAt);
        set => Frame.PutUInt32(Bytes, Frame.CreatedAt, (uint)value);
    }

    /// <summary>Serial number of the attempt that wrote it.</summary>
    public uint Serial
    {
        get => Frame.GetUInt32(Bytes, Frame.Serial);
        set => Frame.PutUInt32(Bytes, Frame.Serial, value);
    }

    /// <summary>Where the name begins in <see cref="Bytes"/>; UTF-8.</summary>
    public static int NameOffset => Second + Frame.Name;

    /// <summary>Bytes of the name.</summary>
    public int NameCount
    {
        get
        {
            int end = Array.IndexOf(Bytes, (byte)0, NameOffset, Limits.NameBytes);
            return end < 0 ? Limits.NameBytes : end - NameOffset;
        }
    }

    /// <summary>Cuts the name between characters.</summary>
    /// <param name="maximumCharacters">What stays at most.</param>
    public void CutName(int maximumCharacters)
    {
        int count = Utf8.SizeOf(Bytes, NameOffset, NameCount, maximumCharacters);
        Array.Clear(Bytes, NameOffset + count, Limits.NameBytes - count);
    }

    /// <summary>True when it was given this name.</summary>
    /// <param name="ascii">The name.</param>
    public bool HasName(string ascii)
    {
        byte[] name = Encoding.UTF8.GetBytes(ascii);
        bool same = name.Length == NameCount;
        for (int i = 0; same && i < name.Length; i++)
        {
            same = Bytes[NameOffset + i] == name[i];
        }

        return same;
    }

    /// <summary>True when the names are the same.</summary>
    public bool HasNameOf(AccessCode other)
    {
        byte[] bytes = Bytes;
        byte[] others = other.Bytes;
        int at = NameOffset;
        int end = at + Limits.NameBytes;
        while (at < end && BitConverter.ToInt64(bytes, at) == BitConverter.ToInt64(others, at))
        {
            at += sizeof(long);
        }

        return at == end;
    }

    /// <summary>Where the tag is in <see cref="Bytes"/>.</summary>
    public static int TagOffset => Second + Frame.Tag;

    /// <summary>What holds of it besides its window.</summary>
    public CodeOptions Options
    {
        get => (CodeOptions)Frame.GetUInt16(Bytes, Second + Frame.Options);
        set => Frame.PutUInt16(Bytes, Second + Frame.Options, (int)value);
    }

    /// <summary>The options that a command has asked for, as they lie on flash.</summary>
    public int Asked => (int)(Options & AskedOptions);

    /// <summary>True when it has an option.</summary>
    public bool Has(CodeOptions option) => (Options & option) != 0;

    /// <summary>Gives it an option, or takes it.</summary>
    public void Set(CodeOptions option, bool has) =>
        Options = has ? Options | option : Options & ~option;

    /// <summary>The action of the attempt that wrote it.</summary>
    public CommandAction Action
    {
        get => (CommandAction)(Bytes[Second + Frame.CodeAction] & 15);
        set => Bytes[Second + Frame.CodeAction] = (byte)(
            (Bytes[Second + Frame.CodeAction] & 0xF0) | (int)value);
    }

    /// <summary>Digits that the lock made: how many; 0 when they were given.</summary>
    public int MadeDigits
    {
        get => Bytes[Second + Frame.CodeAction] >> 4;
        set => Bytes[Second + Frame.CodeAction] = (byte)(
            (Bytes[Second + Frame.CodeAction] & 15) | (value << 4));
    }

    /// <summary>Digits that the lock made: by which try.</summary>
    public int Try
    {
        get => Bytes[Second + Frame.Try];
        set => Bytes[Second + Frame.Try] = (byte)value;
    }

    /// <summary>Where the MAC of the common code key is in <see cref="Bytes"/>.</summary>
    public static int CommonKeyOffset => Second + Frame.CommonKeyMac;

    /// <summary>Where the MAC of the first four digits is in <see cref="Bytes"/>.</summary>
    public static int FirstFourOffset => Second + Frame.FirstFourMac;

    /// <summary>Writes the answer of the attempt that wrote it, for when it is gone.</summary>
    /// <param name="frame">Receives an Attempt frame, 64 bytes.</param>
    public void WriteAttempt(byte[] frame)
    {
        Array.Clear(frame, 0, Frame.SizeBytes);
        Array.Copy(Bytes, 0, frame, 0, Frame.DigitsMac);
        frame[Frame.Type] = (byte)FrameType.Attempt;
        frame[Frame.Group] = (byte)(Bytes[Frame.Group] & Frame.Carried);
        Frame.PutUInt16(frame, Frame.Slot, SectorIndex.NoSlot);
        Array.Copy(Bytes, Frame.StartsAt, frame, Frame.Detail, Frame.Serial - Frame.StartsAt);
        Array.Copy(Bytes, Second + Frame.Options, frame, Frame.AttemptOptions,
            Frame.FirstFourMac - Frame.Options);
        frame[Frame.Action] = (byte)Action;
        Frame.PutUInt32(frame, Frame.Serial, Serial);
    }

    /// <summary>Makes its first frame the answer of the attempt that wrote it, for when it is gone.
    /// </summary>
    public void BecomeAttempt()
    {
        byte action = (byte)Action;
        Array.Copy(Bytes, Frame.StartsAt, Bytes, Frame.Detail, Frame.Serial - Frame.StartsAt);
        Array.Copy(Bytes, Second + Frame.Options, Bytes, Frame.AttemptOptions,
            Frame.FirstFourMac - Frame.Options);
        Array.Clear(Bytes, Frame.Action, Frame.Serial - Frame.Action);
        Bytes[Frame.Type] = (byte)FrameType.Attempt;
        Bytes[Frame.Group] &= Frame.Carried;
        Frame.PutUInt16(Bytes, Frame.Slot, SectorIndex.NoSlot);
        Bytes[Frame.Action] = action;
    }

    /// <summary>Writes the frame that takes it from the lock, without an attempt.</summary>
    /// <param name="frame">Receives a Tombstone frame, 64 bytes.</param>
    /// <param name="until">Its id is refused up to this time, in unix seconds.</param>
    public void WriteTombstone(byte[] frame, long until)
    {
        Array.Clear(frame, 0, Frame.SizeBytes);
        Array.Copy(Bytes, Frame.AccessCodeId, frame, Frame.AccessCodeId, Uuid.SizeBytes);
        PutTombstone(frame, until);
    }

    private static void PutTombstone(byte[] frame, long until)
    {
        frame[Frame.Type] = (byte)FrameType.Tombstone;
        Frame.PutUInt16(frame, Frame.Slot, SectorIndex.NoSlot);
        Frame.PutUInt32(frame, Frame.Detail, (uint)until);
        frame[Frame.Action] = (byte)CommandAction.Delete;
    }

    /// <summary>Makes its first frame what <see cref="WriteTombstone"/> writes. The second stays.
    /// </summary>
    /// <param name="until">Its id is refused up to this time, in unix seconds.</param>
    public void BecomeTombstone(long until)
    {
        const int Behind = Frame.AccessCodeId + Uuid.SizeBytes;
        Array.Clear(Bytes, 0, Frame.AccessCodeId);
        Array.Clear(Bytes, Behind, Frame.SizeBytes - Behind);
        PutTombstone(Bytes, until);
    }

    /// <summary>Makes it an empty code with the types of its frames.</summary>
    public void Clear()
    {
        Array.Clear(Bytes, 0, Bytes.Length);
        Bytes[Frame.Type] = (byte)FrameType.Code;
        Bytes[Second + Frame.Type] = (byte)FrameType.CodeDetail;
        for (int i = 0; i < FrameCount; i++)
        {
            Bytes[i * Frame.SizeBytes + Frame.Group] = Frame.GroupByte(FrameCount, i);
        }

        HasDetail = false;
    }

    /// <summary>What its digits do at a time, as far as its window goes.</summary>
    /// <param name="now">What ended before the latest time stays ended.</param>
    public CodeMatch MatchAt(Moment now) =>
        EndsAt == 0 ? CodeMatch.Opens
        : !now.IsKnown ? CodeMatch.ClockNotKnown
        : EndsAt <= now.Latest ? CodeMatch.Ended
        : now.Utc < StartsAt ? CodeMatch.NotYet
        : now.Utc < EndsAt ? CodeMatch.Opens : CodeMatch.Ended;

    /// <summary>No attempt wrote it as it is now: an older frame keeps the answer.</summary>
    public void ForgetAttempt()
    {
        Array.Clear(Bytes, Frame.AttemptId, Uuid.SizeBytes);
        Serial = 0;
    }

    /// <summary>True when digits, window, name, common key and what was asked for are the same.
    /// </summary>
    public bool HasContentOf(AccessCode other)
    {
        byte[] bytes = Bytes;
        byte[] others = other.Bytes;
        return StartsAt == other.StartsAt && EndsAt == other.EndsAt && Asked == other.Asked
            && DeviceSecret.AreEqual(bytes, Frame.DigitsMac, others, Frame.DigitsMac)
            && DeviceSecret.AreEqual(bytes, CommonKeyOffset, others, CommonKeyOffset)
            && HasNameOf(other);
    }
}
