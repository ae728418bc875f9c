// Bytes of a serial line become lines, and lines words. Both sides use it: the stimulator for
// requests, the host for reports.

using System.Text;

namespace Keyway.Boards.StimulatorProtocol;

/// <summary>Collects a line until its end; a bad one is passed over whole.</summary>
/// <remarks>A line ends with LF; a CR before it is ignored, and so is an empty line.</remarks>
public sealed class LineReader
{
    private const byte LineFeed = 10;
    private const byte CarriageReturn = 13;
    private const byte Blank = 32;
    private const byte LastPrintable = 126;
    private readonly byte[] _line = new byte[ProtocolLimits.LineMaxBytes];
    private int _count;

    /// <summary>The words of the line that <see cref="Add"/> completed; none before.</summary>
    public string[] Words { get; private set; } = new string[0];

    /// <summary>Why the line that <see cref="Add"/> completed is not to be used; Ok: it is.
    /// </summary>
    public ProtocolError Error { get; private set; }

    private bool IsNew { get; set; } = true;

    /// <summary>Takes a byte.</summary>
    /// <param name="value">The byte.</param>
    /// <returns>True when it completed a line: see <see cref="Error"/>, then
    /// <see cref="Words"/>.</returns>
    public bool Add(byte value)
    {
        if (IsNew)
        {
            IsNew = false;
            Error = ProtocolError.Ok;
            _count = 0;
        }

        if (value == LineFeed)
        {
            IsNew = true;
            if (Error == ProtocolError.Ok)
            {
                Split();
            }

            return Error != ProtocolError.Ok || Words.Length > 0;
        }

        if (value == CarriageReturn || Error != ProtocolError.Ok)
        {
            return false;
        }

        if (value < Blank || value > LastPrintable)
        {
            Error = ProtocolError.NotText;
        }
        else if (_count == _line.Length)
        {
            Error = ProtocolError.LineTooLong;
        }
        else
        {
            _line[_count] = value;
            _count++;
        }

        return false;
    }

    // One blank separates two words; where there are more, an empty word is one that nobody knows.
    private void Split()
    {
        if (_count == 0)
        {
            Words = new string[0];
            return;
        }

        int words = 1;
        for (int i = 0; i < _count; i++)
        {
            words += _line[i] == Blank ? 1 : 0;
        }

        if (words > ProtocolLimits.WordsMax)
        {
            Error = ProtocolError.ExtraWord;
            return;
        }

        Words = new string[words];
        int word = 0;
        int start = 0;
        for (int i = 0; i <= _count; i++)
        {
            if (i == _count || _line[i] == Blank)
            {
                Words[word] = i == start ? "" : Encoding.UTF8.GetString(_line, start, i - start);
                word++;
                start = i + 1;
            }
        }
    }
}
