using CsCheck;
using Keyway.Firmware;

namespace Keyway.Tests.Fuzz;

/// <summary>The JSON reader beside System.Text.Json.</summary>
public sealed class JsonTarget : ITarget
{
    private const int Margin = 16;
    private readonly JsonReader _reader = new(
        Limits.PayloadBytes, Limits.PayloadDepth, Limits.PayloadMembers);
    private readonly List<JsonStep> _steps = [];
    private readonly List<JsonStep> _again = [];

    public Gen<byte[]> Inputs => JsonMaker.Any;

    public string? Check(byte[] input)
    {
        // Exactly as long as the payload: a read beyond it throws. The reader decodes in its input.
        if (!ReadAll([.. input], 0, input.Length, _steps))
        {
            return "does not come to an end";
        }

        JsonError error = _reader.Error;
        int position = _reader.Position;
        if (position < 0 || position > Math.Min(input.Length, Limits.PayloadBytes))
        {
            return $"{error} at {position}, which is outside";
        }

        return CheckNeighbours(input, error, position)
            ?? CheckSkip(input, error, position)
            ?? Compare(PlainJson.Read(input), input.Length, error);
    }

    // What stands around the payload must not matter.
    private string? CheckNeighbours(byte[] input, JsonError error, int position)
    {
        foreach (byte around in "1\"}]\\ "u8)
        {
            byte[] padded = new byte[Margin + input.Length + Margin];
            Array.Fill(padded, around);
            input.CopyTo(padded, Margin);
            ReadAll(padded, Margin, input.Length, _again);
            if (padded.AsSpan()[..Margin].ContainsAnyExcept(around)
                || padded.AsSpan()[^Margin..].ContainsAnyExcept(around))
            {
                return "bytes around the payload were changed";
            }

            if (_reader.Error != error || _reader.Position != position
                || !_again.SequenceEqual(_steps))
            {
                return $"{error} at {position} alone, {_reader.Error} at {_reader.Position} "
                    + $"between '{(char)around}'";
            }
        }

        return null;
    }

    private string? CheckSkip(byte[] input, JsonError error, int position)
    {
        _reader.Begin([.. input], 0, input.Length);
        bool isSkipped = _reader.Skip();
        JsonToken last = _reader.Read();
        return _reader.Error == error && _reader.Position == position
            && (last == JsonToken.End) == (error == JsonError.None)
            && (isSkipped || error != JsonError.None)
                ? null
                : $"{error} at {position} read, {_reader.Error} at {_reader.Position} skipped";
    }

    private string? Compare(PlainJson plain, int count, JsonError error)
    {
        bool isTooLong = count > Limits.PayloadBytes;
        if (plain.IsSound && !isTooLong)
        {
            return error != JsonError.None ? $"refused: {error}"
                : _steps.SequenceEqual(plain.Steps) ? null : "other tokens";
        }

        if (error == JsonError.None)
        {
            return isTooLong ? "accepted though too long"
                : "accepted though refused by the plain one";
        }

        int known = Math.Min(_steps.Count, plain.Steps.Count);
        if (!_steps.Take(known).SequenceEqual(plain.Steps.Take(known)))
        {
            return "other tokens before the error";
        }

        if (isTooLong)
        {
            return plain.IsSound && error != JsonError.TooLong ? $"too long, but {error}" : null;
        }

        // System.Text.Json looks one byte further before it delivers a name or a number.
        int ahead = _steps.Count - plain.Steps.Count;
        if (plain.IsMalformed)
        {
            return ahead is 0 or 1 ? null : $"{error} {ahead} tokens after the plain reader's";
        }

        return ahead == 0 && plain.Broken.Contains(error)
            ? null : $"{error} {ahead} tokens after {string.Join(" or ", plain.Broken)}";
    }

    private bool ReadAll(byte[] buffer, int offset, int count, List<JsonStep> steps)
    {
        steps.Clear();
        _reader.Begin(buffer, offset, count);
        while (steps.Count <= count)
        {
            JsonToken token = _reader.Read();
            if (token == JsonToken.End || token == JsonToken.Error)
            {
                return _reader.Read() == token && (_reader.Error == JsonError.None)
                    == (token == JsonToken.End);
            }

            bool isText = token == JsonToken.Name || token == JsonToken.String;
            steps.Add(new JsonStep(
                token, isText ? _reader.TextToString() : "",
                _reader.TryGetInt64(out long value) ? value : null));
        }

        return false;
    }
}
