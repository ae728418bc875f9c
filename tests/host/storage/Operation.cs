using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Keyway.Firmware;

namespace Keyway.Tests.Host.Storage;

/// <summary>One step of a workload; ids, digits and name follow from its number.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Number">Its place in the workload; of a Repeat that of the command before.</param>
/// <param name="Slices">Slices of an Idle.</param>
public sealed record Operation(OperationKind Kind, int Number, int Slices)
{
    private const byte AttemptTag = 0xA7;
    private const byte CodeTag = 0xC0;

    /// <summary>The attempt's id.</summary>
    public byte[] AttemptId => Id(AttemptTag, Number);

    /// <summary>The access code's id.</summary>
    public byte[] AccessCodeId => Id(CodeTag, Number);

    /// <summary>Digits that no other operation has.</summary>
    public byte[] Digits =>
        Encoding.ASCII.GetBytes((100000 + Number).ToString(CultureInfo.InvariantCulture));

    /// <summary>Fills in the code that it creates, all but slot and tag.</summary>
    public void Fill(AccessCode code, DeviceSecret secret, uint serial)
    {
        code.Clear();
        AttemptId.CopyTo(code.Bytes, Frame.AttemptId);
        AccessCodeId.CopyTo(code.Bytes, Frame.AccessCodeId);
        Encoding.ASCII.GetBytes($"code {Number}").CopyTo(code.Bytes, AccessCode.NameOffset);
        secret.ComputeDigitsMac(Digits, Digits.Length, code.Bytes, Frame.DigitsMac);
        code.CreatedAt = 1_800_000_000 + Number;
        code.Serial = serial;
    }

    /// <summary>Fills in the frame that answers a command which stores no code.</summary>
    public void FillAnswer(byte[] frame, uint serial)
    {
        Array.Clear(frame);
        AttemptId.CopyTo(frame, Frame.AttemptId);
        AccessCodeId.CopyTo(frame, Frame.AccessCodeId);
        frame[Frame.Type] = (byte)FrameType.Attempt;
        frame[Frame.Error] = (byte)Refusal.DigitsTaken;
        Frame.PutUInt16(frame, Frame.Slot, SectorIndex.NoSlot);
        Frame.PutUInt32(frame, Frame.Serial, serial);
    }

    public override string ToString() => $"{Kind} {Number}";

    private static byte[] Id(byte tag, int number)
    {
        byte[] id = new byte[Uuid.SizeBytes];
        Array.Fill(id, tag);
        BinaryPrimitives.WriteInt32LittleEndian(id, number);
        return id;
    }
}
