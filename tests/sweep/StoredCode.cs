using System.Globalization;
using System.Text;
using Keyway.Firmware;

namespace Keyway.Tests.Sweep;

/// <summary>An access code as the model knows it.</summary>
/// <param name="Number">The operation that created it: its id follows.</param>
/// <param name="Version">The operation that wrote it last: its content follows.</param>
/// <param name="IsUsed">It is a one-time code that was used.</param>
public sealed record StoredCode(int Number, int Version, bool IsUsed)
{
    private const byte CodeTag = 0xC0;
    private const int CreatedBase = 1_800_000_000;

    /// <summary>The access code's id.</summary>
    public byte[] Id => IdOf(Number);

    /// <summary>Digits that no other version of a code has.</summary>
    public byte[] Digits =>
        Encoding.ASCII.GetBytes((10_000_000 + Version).ToString(CultureInfo.InvariantCulture));

    /// <summary>The id of the code that an operation created.</summary>
    public static byte[] IdOf(int number) => Operation.IdOf(CodeTag, number);

    /// <summary>Fills in the code, all but slot, tag and used.</summary>
    public void Fill(AccessCode code, DeviceSecret secret, uint serial)
    {
        code.Clear();
        new Operation(OperationKind.Create, Version, 0).Id.CopyTo(code.Bytes, Frame.AttemptId);
        Id.CopyTo(code.Bytes, Frame.AccessCodeId);
        Encoding.ASCII.GetBytes($"code {Number}.{Version}")
            .CopyTo(code.Bytes, AccessCode.NameOffset);
        secret.ComputeDigitsMac(Digits, Digits.Length, code.Bytes, Frame.DigitsMac);
        FillAnswer(code.Bytes, Frame.StartsAt);
        code.Action = (CommandAction)Action;
        code.Serial = serial;
    }

    /// <summary>The action that the code's frame names.</summary>
    public byte Action => (byte)(Version == Number ? 0 : 1);

    /// <summary>Start, end and creation, as code and answer have them: 12 bytes.</summary>
    public void FillAnswer(byte[] buffer, int offset)
    {
        bool isOngoing = Version % 2 == 0;
        Frame.PutUInt32(buffer, offset, isOngoing ? 0 : 1_000_000 + (uint)Version);
        Frame.PutUInt32(buffer, offset + 4, isOngoing ? 0 : 4_000_000_000);
        Frame.PutUInt32(buffer, offset + 8, CreatedBase + (uint)Version);
    }
}
