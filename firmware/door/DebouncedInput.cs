// A contact that chatters. DoorWatch steps it; it calls IInputPin.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>An input that counts as changed when it has kept its level for a while.</summary>
public sealed class DebouncedInput
{
    private readonly IInputPin _pin;
    private bool _isMoving;
    private long _movedMs;

    /// <summary>Wires it, inactive; nothing is read.</summary>
    /// <param name="pin">Null: never active.</param>
    public DebouncedInput(IInputPin pin) => _pin = pin;

    /// <summary>There is a pin.</summary>
    public bool IsWired => _pin != null;

    /// <summary>The level that counts.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Takes the level of the pin for what it always was.</summary>
    public void Adopt() => IsActive = _pin != null && _pin.Read();

    /// <summary>Reads the pin.</summary>
    /// <returns>True when <see cref="IsActive"/> has changed.</returns>
    public bool Step(long nowMs)
    {
        bool isMoving = _pin != null && _pin.Read() != IsActive;
        if (isMoving && !_isMoving)
        {
            _movedMs = nowMs;
        }

        _isMoving = isMoving;
        if (!isMoving || nowMs - _movedMs < Limits.ContactDebounceMs)
        {
            return false;
        }

        IsActive = !IsActive;
        _isMoving = false;
        return true;
    }
}
