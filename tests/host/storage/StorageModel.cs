// What the storage must hold: the oracle of the sweeps. StorageRun tells it what was asked and what
// was acknowledged, and lets it judge a loaded life.

using Keyway.Firmware;

namespace Keyway.Tests.Host.Storage;

/// <summary>A plain model of codes and attempts, and the judge of what is on flash.</summary>
/// <remarks>
/// A command is acknowledged (must be there), in flight (may be there, and what is seen first
/// holds), or absent (must never be there).
/// </remarks>
public sealed class StorageModel
{
    private readonly List<Operation> _stored = [];
    private readonly List<Operation> _absent = [];
    private readonly AccessCode _expected = new();
    private readonly AccessCode _found = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private Operation? _inFlight;

    /// <summary>Commands that were in flight in a cut and are there.</summary>
    public int Kept { get; private set; }

    /// <summary>Commands that were in flight in a cut and are not there.</summary>
    public int Dropped { get; private set; }

    public bool IsStored(Operation operation) =>
        _stored.Exists(stored => stored.Number == operation.Number);

    /// <summary>A command is about to be stored.</summary>
    public void Begin(Operation operation)
    {
        _inFlight = operation;
        _absent.RemoveAll(absent => absent.Number == operation.Number);
    }

    /// <summary>It was stored, or it was not and never may be.</summary>
    public void End(bool isAcknowledged)
    {
        (isAcknowledged ? _stored : _absent).Add(_inFlight!);
        _inFlight = null;
    }

    /// <summary>Judges a life that has loaded; decides what was in flight.</summary>
    /// <exception cref="StorageViolation">It breaks a promise.</exception>
    public void Judge(StorageLife life)
    {
        if (_inFlight != null)
        {
            bool isKept = HasAttempt(life, _inFlight);
            Kept += isKept ? 1 : 0;
            Dropped += isKept ? 0 : 1;
            End(isKept);
        }

        int codes = 0;
        foreach (Operation operation in _stored)
        {
            Require(HasAttempt(life, operation), $"lost: the attempt of {operation}");
            if (operation.Kind == OperationKind.Create)
            {
                codes++;
                RequireCode(life, operation);
            }
        }

        foreach (Operation operation in _absent)
        {
            Require(!HasAttempt(life, operation), $"ghost: the attempt of {operation}");
            Require(life.Book.FindById(operation.AccessCodeId, 0, _found) < 0,
                $"ghost: the code of {operation}");
        }

        Require(life.Book.Count == codes, $"{life.Book.Count} codes and not {codes}");
        Require(life.Loader.LostCodes == 0, $"{life.Loader.LostCodes} codes reported lost");
        RequireNoOtherCodes(life, codes);
    }

    private void RequireCode(StorageLife life, Operation operation)
    {
        int slot = life.Book.FindById(operation.AccessCodeId, 0, _found);
        Require(slot >= 0, $"lost: the code of {operation}");
        operation.Fill(_expected, life.DeviceSecret, _found.Serial);
        Require(_found.Slot == slot, $"{operation} says another slot");
        Require(_found.HasContentOf(_expected) && _found.CreatedAt == _expected.CreatedAt
            && Uuid.AreEqual(_found.Bytes, Frame.AttemptId, operation.AttemptId, 0),
            $"{operation} reads back as something else");
        Require(_found.Serial < life.Attempts.Window.Next, $"{operation} has a serial to come");
        byte[] digits = operation.Digits;
        CodeMatch match = life.Book.Match(digits, digits.Length, false, 0, out AccessCode opened);
        Require(match == CodeMatch.Opens && opened.Slot == slot, $"{operation} does not open");
    }

    private static void RequireNoOtherCodes(StorageLife life, int codes)
    {
        int placed = 0;
        for (int slot = 0; slot < life.Book.Capacity; slot++)
        {
            placed += life.Book.LocationOf(slot) != 0 ? 1 : 0;
        }

        Require(placed == codes, $"ghost: {placed} slots are taken and not {codes}");
    }

    private bool HasAttempt(StorageLife life, Operation operation)
    {
        StorageStatus status = life.Attempts.Find(operation.AttemptId, _frame, out bool isFound);
        Require(status == StorageStatus.Ok, $"the attempt of {operation}: {status}");
        var type = (FrameType)_frame[Frame.Type];
        Require(!isFound || type == FrameType.Code == (operation.Kind == OperationKind.Create),
            $"the attempt of {operation} is answered by a frame of type {type}");
        return isFound;
    }

    private static void Require(bool isKept, string otherwise)
    {
        if (!isKept)
        {
            throw new StorageViolation(otherwise);
        }
    }
}
