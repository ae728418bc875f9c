// Answers get and list. CommandRunner steps it; it calls CodeBook and AnswerWriter.

namespace Keyway.Firmware;

/// <summary>Writes the answer to a question: one access code, or a page of them, one a step.
/// </summary>
/// <remarks>Nothing changes and nothing is stored, so a repeated question is asked again.</remarks>
public sealed class Questions
{
    private readonly CodeBook _book;
    private readonly AnswerWriter _answers;
    private readonly AccessCode _code;
    private int _slot;
    private int _left;
    private bool _isPaging;

    /// <summary>Wires it; nothing in scratch outlives a step.</summary>
    public Questions(CodeBook book, AnswerWriter answers, AccessCode scratch)
    {
        _book = book;
        _answers = answers;
        _code = scratch;
    }

    /// <summary>True while a page is written: nobody else may write meanwhile.</summary>
    public bool IsPaging => _isPaging;

    /// <summary>Forgets a page that is not at its end.</summary>
    public void Drop() => _isPaging = false;

    /// <summary>Answers, or goes on with the page.</summary>
    /// <param name="command">Get or list, which its rules let pass.</param>
    /// <param name="isAnswered">The answer has been written, or is a refusal that stands in the
    /// command; false at the end: what cannot be read now has none.</param>
    /// <returns>True when it is over.</returns>
    public bool Step(Command command, out bool isAnswered)
    {
        isAnswered = false;
        if (IsPaging)
        {
            return AddToPage(command, out isAnswered);
        }

        if (command.Action == CommandAction.List)
        {
            BeginPage(command, command.Limit > 0 && command.Limit < Limits.ListPage
                ? command.Limit : Limits.ListPage);
            return false;
        }

        StorageStatus status = _book.FindById(command.AccessCodeId, 0, _code, out int slot);
        isAnswered = slot >= 0 || status == StorageStatus.Ok;
        if (slot >= 0)
        {
            _answers.FromCode(command, _code);
        }
        else if (isAnswered)
        {
            command.Refuse(CommandMember.AccessCodeId, Refusal.CodeNotFound);
        }

        return true;
    }

    private void BeginPage(Command command, int limit)
    {
        _isPaging = true;
        _slot = _book.Slots.FindPlaced(command.PageCursor);
        _left = limit;
        _answers.BeginList(command);
    }

    private bool AddToPage(Command command, out bool isAnswered)
    {
        isAnswered = _left == 0 || _slot >= _book.Capacity;
        if (isAnswered)
        {
            isAnswered = _answers.TryEndList(_slot < _book.Capacity ? _slot : -1);
            if (!isAnswered)
            {
                BeginPage(command, 1);
            }

            return isAnswered;
        }

        StorageStatus status = _book.Read(_slot, _code);
        if (status != StorageStatus.Ok && status != StorageStatus.Damaged)
        {
            return true;
        }

        // A window that somebody has rewritten on the flash is nobody's.
        if (status == StorageStatus.Ok && _book.IsOurs(_slot, _code))
        {
            _left--;
            if (!_answers.TryAdd(_code))
            {
                // Names may be long when they are escaped; one code always fits.
                BeginPage(command, 1);
                return false;
            }
        }

        _slot = _book.Slots.FindPlaced(_slot + 1);
        return false;
    }
}
