using System.Buffers.Binary;
using Keyway.Firmware;

namespace Keyway.Tests.Sweep;

/// <summary>One step of a workload.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Number">Its own; ids and contents follow from it.</param>
/// <param name="Choice">Decides what it is done to, among what is there by then.</param>
public sealed record Operation(OperationKind Kind, int Number, int Choice)
{
    private const byte AttemptTag = 0xA7;

    /// <summary>The id of its action attempt, or of its event.</summary>
    public byte[] Id => IdOf(AttemptTag, Number);

    /// <summary>An id that follows from a number.</summary>
    /// <param name="tag">Ids of another tag are others.</param>
    /// <param name="number">Whose id.</param>
    public static byte[] IdOf(byte tag, int number)
    {
        byte[] id = new byte[Uuid.SizeBytes];
        Array.Fill(id, tag);
        BinaryPrimitives.WriteInt32LittleEndian(id, number);
        return id;
    }

    public override string ToString() => $"{Kind} {Number}";
}
