using CsCheck;

namespace Keyway.Tests.Fuzz;

/// <summary>Bytes made from bytes: a few are replaced, left out, repeated or put in.</summary>
public static class Mutations
{
    private const int Most = 4;

    /// <summary>Inputs of which a third are as made, the others changed in a few places.</summary>
    /// <param name="inputs">Makes what is changed.</param>
    /// <param name="pieces">What is put in, now and then.</param>
    public static Gen<byte[]> Of(Gen<byte[]> inputs, byte[][] pieces)
    {
        Gen<Change[]> changes = Gen.Frequency(
            (1, Gen.Const(Array.Empty<Change>())), (2, ChangeOf(pieces).Array[1, Most]));
        return Gen.Select(inputs, changes, (input, all) => all.Aggregate(input, Apply));
    }

    /// <summary>Inputs changed in one place, in their last third.</summary>
    /// <param name="inputs">Makes what is changed.</param>
    /// <param name="pieces">What is put in, now and then.</param>
    public static Gen<byte[]> Late(Gen<byte[]> inputs, byte[][] pieces) => Gen.Select(
        inputs, ChangeOf(pieces), (input, change) =>
        {
            int kept = input.Length * 2 / 3;
            return (byte[])[.. input[..kept], .. Apply(input[kept..], change)];
        });

    private static Gen<Change> ChangeOf(byte[][] pieces) => Gen.Select(
        Gen.Int[0, 5], Gen.UInt, Gen.UInt, Gen.Byte, Gen.OneOf(pieces),
        (kind, at, count, value, piece) => new Change(kind, at, count, value, piece));

    private static byte[] Apply(byte[] input, Change change)
    {
        int at = (int)(change.At % (uint)(input.Length + 1));
        int left = input.Length - at;
        int count = (int)(change.Count % (uint)(Math.Min(left, 8) + 1));
        switch (change.Kind)
        {
            case 0 when left > 0:
                byte[] replaced = [.. input];
                replaced[at] = change.Value;
                return replaced;
            case 1 when left > 0:
                byte[] flipped = [.. input];
                flipped[at] ^= (byte)(1 << (change.Value & 7));
                return flipped;
            case 2:
                return [.. input[..at], .. input[(at + count)..]];
            case 3:
                return [.. input[..(at + count)], .. input[at..]];
            case 4:
                return input[..at];
            default:
                return [.. input[..at], .. change.Piece, .. input[at..]];
        }
    }

    private readonly record struct Change(int Kind, uint At, uint Count, byte Value, byte[] Piece);
}
