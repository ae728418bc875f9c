using Keyway.Tests.Boards;

namespace System.Device.Gpio;

/// <summary>Opens a pin once.</summary>
public sealed class GpioController
{
    public GpioPin OpenPin(int number, PinMode mode)
    {
        DevicePin pin = Controller.Current.Pin(number);
        if (pin.IsOpen)
        {
            throw new InvalidOperationException("the pin is taken");
        }

        pin.IsOpen = true;
        return new GpioPin(pin);
    }
}

/// <summary>An open pin.</summary>
public sealed class GpioPin
{
    private readonly DevicePin _pin;

    internal GpioPin(DevicePin pin) => _pin = pin;

    public PinValue Read()
    {
        Controller.Current.Threads.DemandPower();
        return _pin.Read() ? PinValue.High : PinValue.Low;
    }

    public void Write(PinValue value)
    {
        Controller.Current.Threads.DemandPower();
        _pin.Drive(value == PinValue.High);
    }
}

/// <summary>A level.</summary>
public enum PinValue
{
    /// <summary>Ground.</summary>
    Low,

    /// <summary>3.3 V.</summary>
    High,
}

/// <summary>How a pin is opened; the numbers are of no account here.</summary>
public enum PinMode
{
    /// <summary>Floating.</summary>
    Input,

    /// <summary>Held high.</summary>
    InputPullUp,

    /// <summary>Push and pull.</summary>
    Output,

    /// <summary>Low or floating.</summary>
    OutputOpenDrain,
}
