// What entries may do and must do while programming mode is open. EntryWatch asks it; what became
// of a change shows in the slot, since only the lock knows which code lies where.

using System.Globalization;
using Keyway.Boards.Virtual;
using Keyway.Firmware;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>Judges codes that are made, changed and removed at the keypad.</summary>
public sealed class ProgrammingWatch(VirtualClock clock, VirtualBoard board, CodeLedger ledger)
{
    private const string Remove = "0";
    private const int ShowMs = 1000;
    private readonly AccessCode _scratch = new();
    private bool _isOpen;
    private long _keyMs;
    private long _shownMs = long.MinValue / 2;
    private int? _slot;
    private long _slotMs;
    private SlotLook _before = new(null, false, false);
    private SlotLook _after = new(null, false, false);
    private Entry? _cut;

    /// <summary>Changes that were shown.</summary>
    public int Changed { get; private set; }

    /// <summary>What came of an entry is still shown.</summary>
    public bool IsShowing => clock.Milliseconds - _shownMs < ShowMs;

    /// <summary>Somebody begins to type.</summary>
    /// <returns>True when the entry is a slot, or digits for one.</returns>
    public bool Begin(Entry entry)
    {
        _isOpen &= clock.Milliseconds - _keyMs < Limits.ProgrammingIdleMs
            && !entry.Keys.StartsWith(CodeEntry.Clear);
        return _isOpen;
    }

    /// <summary>The master code was taken.</summary>
    public void Open()
    {
        _isOpen = true;
        _slot = null;
        _keyMs = clock.Milliseconds;
    }

    /// <summary>Enter was taken, and what it does is done.</summary>
    public void Decide()
    {
        _keyMs = clock.Milliseconds;
        _after = _slot is { } slot ? LookAt(slot) : _after;
        ledger.JustMade = _slot != null ? _after.Id : null;
    }

    /// <summary>The power goes.</summary>
    /// <param name="entry">Nothing was shown of it.</param>
    public void PowerLost(Entry? entry)
    {
        if (_isOpen && _slot != null && entry is { IsForMode: true })
        {
            _cut = entry;
        }

        _isOpen = false;
    }

    /// <summary>The lock is loaded: what has become of a change that was cut.</summary>
    public void Loaded()
    {
        if (_cut is not { } entry || _slot is not { } slot)
        {
            return;
        }

        _cut = null;
        _after = LookAt(slot);
        KnownCode? code = _before.Id == null ? null : ledger.Find(_before.Id);
        if (entry.Digits == Remove)
        {
            code?.MayBeRemoved();
            RemoveMeanwhile(code);
        }
        else if (code != null)
        {
            ledger.AddDigits(entry.Digits);
            code.IsTampered |= code.IsBusy;
            code.Become([.. code.Versions, .. code.Versions.Select(version =>
                Changing(version, entry.Digits))]);
        }
        else if (_after is { Id: not null, IsUnmanaged: true } && ledger.Find(_after.Id) == null)
        {
            Add(entry.Digits, slot);
        }
    }

    /// <summary>What came of an entry is shown.</summary>
    /// <param name="isTaken">It was not denied.</param>
    /// <param name="mayFail">The flash is in trouble, or was.</param>
    public void Show(Entry entry, bool isTaken, bool mayFail)
    {
        _shownMs = clock.Milliseconds;
        if (_slot is not { } slot)
        {
            bool isSlot = long.TryParse(entry.Digits, NumberStyles.None,
                CultureInfo.InvariantCulture, out long number)
                && number >= 1 && number <= board.Agent.Codes.Capacity;
            Require(isTaken == isSlot, $"slot {entry.Digits} is taken: {isTaken}");
            _slot = isSlot ? (int)number - 1 : null;
            _slotMs = clock.Milliseconds;
            _before = isSlot ? LookAt((int)number - 1) : _before;
            return;
        }

        KnownCode? code = _before.Id == null ? null : ledger.Find(_before.Id);
        (bool may, bool must) = Judge(entry.Digits, code);
        Require(may || !isTaken, $"{entry.Digits} changes slot {slot + 1}, and must not");
        Require(!must || isTaken || mayFail || entry.IsBroken,
            $"{entry.Digits} does not change slot {slot + 1}, and must");
        _slot = null;
        if (isTaken)
        {
            _isOpen = false;
            Changed++;
            Apply(entry.Digits, slot, code);
        }
    }

    private (bool May, bool Must) Judge(string digits, KnownCode? code)
    {
        // A command has taken the code meanwhile, or put another there; or it is a backup that
        // nobody knows yet.
        bool isVague = !_before.IsKnown || !_after.IsKnown || (_before.Id != null && code == null)
            || code?.Since(_slotMs).Contains(null) == true
            || (_after.Id != null && _after.Id != _before.Id && ledger.Find(_after.Id) != null);
        bool mayChange = code?.Since(_slotMs).Any(version => version is { MayBeChanged: true })
            ?? (digits != Remove || PutMeanwhile(code).Any());
        bool mustChange = code == null ? ledger.HasSlot : ledger.HasRoom && code.MustStay()
            && code.Since(_slotMs).All(version => version is { MayBeChanged: true });
        if (digits == Remove)
        {
            return (mayChange || isVague, mustChange && code != null && !isVague);
        }

        bool isSound = digits.Length is >= SettingsMaker.Shortest and <= Limits.CodeDigitsMax
            && digits != ledger.MasterCode;
        bool isTaken = ledger.Codes.Any(other => other.MustStay()
            && other.Since(_slotMs).All(version => version?.Digits == digits));
        bool mayBeTaken = ledger.Codes.Any(
            other => other.Since(_slotMs).Any(version => version?.Digits == digits));
        return (isSound && !isTaken && (mayChange || isVague),
            isSound && !mayBeTaken && mustChange && !isVague);
    }

    private void Apply(string digits, int slot, KnownCode? code)
    {
        if (digits == Remove)
        {
            RemoveMeanwhile(code);
        }
        else
        {
            ledger.AddDigits(digits);
        }

        if (code != null && (digits == Remove || _after.Id == _before.Id))
        {
            code.IsTampered |= code.Versions.Count > 1;
            code.Become([.. code.Versions.Select(version =>
                digits == Remove ? null : Changing(version, digits)).Distinct()]);
        }
        else if (_after.IsKnown && digits != Remove && _before.IsKnown)
        {
            Require(_after.Id != null, $"slot {slot + 1} is free after a change");
            KnownCode? put = ledger.Find(_after.Id!);
            if (_after.IsUnmanaged && put == null)
            {
                Add(digits, slot);
            }

            // A command has put it there meanwhile.
            put?.Become([.. put.Versions, .. put.Versions.Select(version =>
                Changing(version, digits))]);
        }
    }

    // Commands may have freed the slot since it was chosen, and have put another code there. Which
    // one cannot be seen once it is removed.
    private IEnumerable<KnownCode> PutMeanwhile(KnownCode? chosen) =>
        chosen?.Since(_slotMs).Contains(null) == false ? [] : ledger.Codes.Where(code =>
            code != chosen && code.Since(_slotMs).Contains(null)
            && code.Since(_slotMs).Any(version => version is { MayBeChanged: true }));

    private void RemoveMeanwhile(KnownCode? chosen)
    {
        foreach (KnownCode code in PutMeanwhile(chosen))
        {
            code.MayBeRemoved();
        }
    }

    private void Add(string digits, int slot)
    {
        ledger.AddDigits(digits);
        ledger.Code(_after.Id!).Set(new CodeVersion(digits, 0, 0, false)
        {
            IsUnmanaged = true,
            MayBeChanged = true,
            Name = string.Create(CultureInfo.InvariantCulture, $"Access code {slot + 1}"),
        });
    }

    private static CodeVersion? Changing(CodeVersion? version, string digits) => version == null
        ? null : version with
        {
            Digits = digits,
            IsUsed = false,
            IsChanged = !version.IsUnmanaged,
        };

    private SlotLook LookAt(int slot)
    {
        CodeBook book = board.Agent.Codes;
        if (book.Slots.LocationOf(slot) == 0)
        {
            return new SlotLook(null, true, false);
        }

        bool isRead = book.Read(slot, _scratch) == StorageStatus.Ok;
        return new SlotLook(isRead ? Uuid.ToText(_scratch.Bytes, Frame.AccessCodeId) : null,
            isRead, isRead && _scratch.Has(CodeOptions.Unmanaged));
    }
}
