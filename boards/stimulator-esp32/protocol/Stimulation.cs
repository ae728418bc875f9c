// The stimulator itself, without its hardware: requests in, wires moved, reports out. The board's
// loop steps it; a test steps it over a pseudo-terminal and pins of its own.

using System.Text;

namespace Keyway.Boards.StimulatorProtocol;

/// <summary>Presses keys, cuts the power, opens the door, and watches the strike.</summary>
public sealed class Stimulation
{
    private readonly ISerialLine _line;
    private readonly StimulatorPins _pins;
    private readonly StrikeWatch _strike;
    private readonly LineReader _reader = new LineReader();
    private readonly Request _request = new Request();
    private readonly Report _report = new Report();
    private readonly byte[] _buffer = new byte[ProtocolLimits.ReadBytes];
    private readonly char[] _keys = ProtocolLimits.Keys.ToCharArray();
    private readonly bool[] _isDown = new bool[ProtocolLimits.Keys.Length];
    private readonly long[] _upAtMs = new long[ProtocolLimits.Keys.Length];
    private bool _hasGreeted;

    /// <summary>Wires it; moves nothing.</summary>
    /// <param name="line">To the host.</param>
    /// <param name="pins">To the lock.</param>
    public Stimulation(ISerialLine line, StimulatorPins pins)
    {
        _line = line;
        _pins = pins;
        _strike = new StrikeWatch(pins.Strike, pins.StrikeSettleMs);
    }

    /// <summary>Does what is due; as often as possible.</summary>
    /// <param name="nowMs">The time, never less than before.</param>
    public void Step(long nowMs)
    {
        if (!_hasGreeted)
        {
            _hasGreeted = true;
            Greet(nowMs);
        }

        if (_strike.Step(nowMs))
        {
            TellStrike(_strike.EdgeMs);
        }

        for (int key = 0; key < _isDown.Length; key++)
        {
            if (_isDown[key] && nowMs >= _upAtMs[key])
            {
                LiftKey(key);
                _report.Kind = ReportKind.Released;
                _report.Key = _keys[key];
                Send(nowMs);
            }
        }

        int count = _line.Read(_buffer);
        for (int i = 0; i < count; i++)
        {
            if (_reader.Add(_buffer[i]))
            {
                Take(nowMs);
            }
        }
    }

    private void Take(long nowMs)
    {
        ProtocolError error = _reader.Error;
        if (error == ProtocolError.Ok)
        {
            error = _request.Read(_reader.Words);
        }

        if (error == ProtocolError.Ok)
        {
            error = CarryOut(nowMs);
        }

        if (error != ProtocolError.Ok)
        {
            _report.Kind = ReportKind.Error;
            _report.Error = error;
            Send(0);
        }
        else if (_request.Kind == RequestKind.Hello)
        {
            Greet(nowMs);
        }
        else
        {
            _report.Kind = ReportKind.Done;
            _report.Request = _request;
            Send(nowMs);
        }
    }

    private ProtocolError CarryOut(long nowMs)
    {
        switch (_request.Kind)
        {
            case RequestKind.Press:
                int key = ProtocolLimits.Keys.IndexOf(_request.Key);
                if (_isDown[key])
                {
                    return ProtocolError.KeyIsDown;
                }

                _pins.Keys[key].Write(true);
                _isDown[key] = true;
                _upAtMs[key] = nowMs + _request.HoldMs;
                break;
            case RequestKind.Release:
                LiftKey(ProtocolLimits.Keys.IndexOf(_request.Key));
                break;
            case RequestKind.Power:
                _pins.PowerCut.Write(!_request.IsOn);
                break;
            case RequestKind.Door:
                _pins.DoorOpen.Write(_request.IsOn);
                break;
        }

        return ProtocolError.Ok;
    }

    private void LiftKey(int key)
    {
        _pins.Keys[key].Write(false);
        _isDown[key] = false;
    }

    private void Greet(long nowMs)
    {
        _report.Kind = ReportKind.Greeting;
        Send(nowMs);
        TellStrike(nowMs);
    }

    private void TellStrike(long atMs)
    {
        _report.Kind = ReportKind.Strike;
        _report.IsOn = _strike.IsOn;
        Send(atMs);
    }

    private void Send(long atMs)
    {
        _report.AtMs = atMs;
        _line.Write(Encoding.UTF8.GetBytes(_report.ToLine() + "\n"));
    }
}
