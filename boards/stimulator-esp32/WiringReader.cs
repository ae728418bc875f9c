using System;
using System.Collections;
using System.Text;
using Keyway.Boards.StimulatorProtocol;
using nanoFramework.Json;

namespace Keyway.Boards.StimulatorEsp32;

/// <summary>Reads a wiring out of JSON: one object of integers, and one array of them.</summary>
/// <remarks>
/// nanoFramework.Json 2.2 crashes the runtime on some input and reads other wrongly, escapes, dates
/// and fractions among it. So it gets only what it reads right: short ASCII without a backslash,
/// one object without another in it; into a Hashtable, whose values are then looked at.
/// </remarks>
public sealed class WiringReader
{
    private const int BytesMax = 1_024;
    private const int PinMax = 39;
    private const int OutputPinMax = 33;

    // By bits: 1 and 3 are the debugger's, 6 to 11 the module's flash; 20, 24 and 28 to 31 the
    // chip does not have.
    private const long NotFree = 0xF110_0FCA;
    private const int TimeMaxMs = 1_000;
    private readonly bool[] _isTaken = new bool[PinMax + 1];
    private Hashtable _members;
    private int _known;

    /// <summary>What is wrong with the file; null: nothing.</summary>
    public string Problem { get; private set; }

    /// <summary>Reads a file. Does not throw.</summary>
    /// <param name="bytes">The whole of it.</param>
    /// <returns>The wiring; what the file leaves out is built in. With a problem all of it is.
    /// </returns>
    public Wiring Read(byte[] bytes)
    {
        Wiring wiring = new Wiring();
        try
        {
            Problem = "must be one object of integers, in at most 1,024 bytes of ASCII";
            if (IsFit(bytes))
            {
                Problem = "is no JSON";
                string text = Encoding.UTF8.GetString(bytes, 0, bytes.Length);
                _members = (Hashtable)JsonConvert.DeserializeObject(text, typeof(Hashtable));
                Problem = null;
                Take(wiring);
            }
        }
        catch (Exception e)
        {
            Problem += " (" + e.GetType().FullName + ")";
        }

        return Problem == null ? wiring : new Wiring();
    }

    private static bool IsFit(byte[] bytes)
    {
        int objects = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            char sign = (char)bytes[i];
            objects += sign == '{' ? 1 : 0;
            bool isText = sign >= ' ' && sign <= '~' && sign != '\\';
            bool isBlank = sign <= ' ' && (isText || sign == '\n' || sign == '\r' || sign == '\t');
            if (!isText && !isBlank || objects == 0 && !isBlank)
            {
                return false;
            }
        }

        return objects == 1 && bytes.Length <= BytesMax;
    }

    private void Take(Wiring wiring)
    {
        wiring.Keys = Keys(wiring.Keys);
        wiring.PowerCut = Pin("power_cut", wiring.PowerCut, OutputPinMax);
        wiring.DoorOpen = Pin("door_open", wiring.DoorOpen, OutputPinMax);
        wiring.Strike = Pin("strike", wiring.Strike, PinMax);
        wiring.LineOut = Pin("line_out", wiring.LineOut, OutputPinMax);
        wiring.LineIn = Pin("line_in", wiring.LineIn, PinMax);
        wiring.StrikeSettleMs = Time("strike_settle_ms", wiring.StrikeSettleMs);
        wiring.LoopMs = Time("loop_ms", wiring.LoopMs);
        if (_known != _members.Count)
        {
            Refuse("it", "has a member that is not known");
        }
    }

    private int[] Keys(int[] builtIn)
    {
        object value = Value("keys");
        int[] pins = builtIn;
        if (value != null)
        {
            ArrayList list = value as ArrayList;
            pins = new int[ProtocolLimits.Keys.Length];
            if (list == null || list.Count != pins.Length)
            {
                Refuse("keys", "must be an array of a pin for each key");
                return builtIn;
            }

            for (int i = 0; i < pins.Length; i++)
            {
                pins[i] = list[i] is int ? (int)list[i] : -1;
            }
        }

        for (int i = 0; i < pins.Length; i++)
        {
            TakePin("keys", pins[i], OutputPinMax);
        }

        return pins;
    }

    private int Pin(string name, int builtIn, int most)
    {
        int pin = Number(name, builtIn);
        TakePin(name, pin, most);
        return pin;
    }

    // The built-in ones count too: a file may move one signal onto another's pin.
    private void TakePin(string name, int pin, int most)
    {
        if (pin < 0 || pin > most || (NotFree >> pin & 1) != 0)
        {
            Refuse(name, "must be a free pin that can do it");
        }
        else if (_isTaken[pin])
        {
            Refuse(name, "has a pin that is in use");
        }
        else
        {
            _isTaken[pin] = true;
        }
    }

    private int Time(string name, int builtIn)
    {
        int ms = Number(name, builtIn);
        if (ms < 1 || ms > TimeMaxMs)
        {
            Refuse(name, "must be from 1 to 1000");
        }

        return ms;
    }

    private int Number(string name, int builtIn)
    {
        object value = Value(name);
        return value == null ? builtIn : value is int ? (int)value : -1;
    }

    // Null: the file does not have it.
    private object Value(string name)
    {
        if (!_members.Contains(name))
        {
            return null;
        }

        _known++;
        return _members[name] ?? "null";
    }

    // The first problem stays.
    private void Refuse(string name, string problem) => Problem ??= name + " " + problem;
}
