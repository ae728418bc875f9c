// What goes wrong: power, network, clock, wires, and somebody with a programmer. World steps it.

using Keyway.Boards.Virtual;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>Makes trouble.</summary>
public sealed class Gremlin(Chance chance, World world) : IActor
{
    private const double TroubleMs = 13_000_000;
    private const int OutageMs = 4 * 3_600_000;
    private const int WrongClockMs = 5 * 3_600_000;
    private const int Hour = (int)ModelTime.Hour;
    private const int DeviceSteps = 14;
    private const int FlashMs = 20_000;
    private long _troubleMs = chance.Wait(TroubleMs);
    private long _outageEndMs = long.MaxValue;
    private long _clockEndMs = long.MaxValue;
    private long _flashEndMs = long.MaxValue;

    public long NextMs => Math.Min(
        Math.Min(_troubleMs, _flashEndMs), Math.Min(_outageEndMs, _clockEndMs));

    private VirtualClock Clock => world.Clock;

    public void Act()
    {
        long nowMs = Clock.Milliseconds;
        if (nowMs >= _outageEndMs)
        {
            _outageEndMs = long.MaxValue;
            world.Broker.Session.RefuseConnections = false;
            world.Note("the network is back");
        }

        if (nowMs >= _clockEndMs)
        {
            _clockEndMs = long.MaxValue;
            RepairClock();
        }

        if (nowMs >= _flashEndMs)
        {
            RepairFlash();
        }

        if (nowMs >= _troubleMs)
        {
            _troubleMs = nowMs + chance.Wait(TroubleMs);
            MakeTrouble();
        }
    }

    /// <summary>The power is gone: how long, and what comes with it.</summary>
    public void Darken()
    {
        RepairFlash();
        Clock.Advance(chance.OneIn(3) ? chance.Below(1_200_000) : chance.Below(3000));
        if (chance.OneIn(4))
        {
            world.Note("the clock has stopped");
            Clock.ForgetUtc();
            _clockEndMs = Clock.Milliseconds + 1000 + chance.Below(chance.OneIn(3)
                ? WrongClockMs : 60_000);
        }

        if (chance.OneIn(40))
        {
            world.Tamper();
        }
    }

    /// <summary>A start: perhaps the power goes again in it.</summary>
    public void ArmStart()
    {
        if (chance.OneIn(5))
        {
            ArmCut(4);
        }
    }

    private void MakeTrouble()
    {
        switch (chance.Below(20))
        {
            case < 6:
                ArmCut(DeviceSteps);
                break;
            case 6:
                world.Note("the power goes between two steps");
                world.CutPower();
                break;
            case < 10:
                world.Note("the connection is lost");
                world.Broker.Drop();
                break;
            case < 13:
                Outage();
                break;
            case < 15:
                world.Wire.GlitchAt(chance.Between(1, 40), chance.Below(4096));
                break;
            case 15:
                BreakFlash();
                break;
            default:
                StepClock();
                break;
        }
    }

    private void BreakFlash()
    {
        bool isGone = chance.OneIn(2);
        world.Note(isGone ? "the flash is away" : "the flash takes nothing");
        world.Board.Flash.IsGone = isGone;
        world.Board.Flash.IsWriteProtected = !isGone;
        world.Watch.Entries.IsFlashTroubled = true;
        _flashEndMs = Clock.Milliseconds + chance.Below(FlashMs);
    }

    private void RepairFlash()
    {
        _flashEndMs = long.MaxValue;
        world.Board.Flash.IsGone = false;
        world.Board.Flash.IsWriteProtected = false;
        world.Watch.Entries.IsFlashTroubled = false;
    }

    private void ArmCut(int steps)
    {
        int step = chance.Between(1, steps);
        var cut = (PowerCut)chance.Below(7);
        world.Note($"the power will go at device step {step}: {cut}");
        world.Board.Flash.CutPowerAt(step, cut, chance.Below(1 << 30));
    }

    private void Outage()
    {
        int ms = chance.Below(chance.OneIn(3) ? OutageMs : 300_000);
        world.Note($"no network for {ms / 1000} s");
        world.Broker.Drop();
        world.Broker.Session.RefuseConnections = true;
        world.Broker.Session.PollsToConnect = chance.Below(4);
        _outageEndMs = Clock.Milliseconds + ms;
    }

    // Not near a jump of a day: how far one is depends on what was stored last.
    private void StepClock()
    {
        if (_clockEndMs != long.MaxValue)
        {
            return;
        }

        int seconds = chance.Below(5) switch
        {
            0 => -chance.Between(3, 2 * Hour),
            1 => -chance.Between(Hour, 60 * Hour),
            2 => chance.Between(3, 14 * Hour),
            _ => chance.Between(80 * Hour, 600 * Hour),
        };
        world.Note($"the clock is set by {seconds} s");
        Clock.SetUtc(world.TrueUtc + seconds);
        Clock.IsUtcConfirmed = false;
        _clockEndMs = Clock.Milliseconds + 10_000 + chance.Below(WrongClockMs);
    }

    private void RepairClock()
    {
        world.Note("the clock is right");
        Clock.SetUtc(world.TrueUtc);
        Clock.IsUtcConfirmed = true;
    }
}
