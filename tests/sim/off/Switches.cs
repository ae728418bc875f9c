// Where each protection is switched off: everything is a wrapper around a seam, a setting of the
// board, or an edit of the flash while the power is off. World makes it.

using Keyway.Boards.Virtual;
using Keyway.Boards.Virtual.Host;
using Keyway.Firmware;
using Keyway.Hal;

namespace Keyway.Tests.Sim;

/// <summary>Switches one protection off.</summary>
/// <param name="without">Which.</param>
public sealed class Switches(Safeguard without)
{
    private const int NoState = 1;
    private StuckPin? _pin;

    /// <summary>The chip forgets its last programs at a power cut.</summary>
    public bool IsForgetful => without == Safeguard.Durability;

    /// <param name="typed">What was typed last.</param>
    public IKeyedHash Hash(Func<string> typed) => without switch
    {
        Safeguard.Tag => new BlindHash('t'),
        Safeguard.DigitsMac => new BlindHash('d'),
        Safeguard.MasterCode => new BlindHash('m'),
        Safeguard.BackupId => new BlindHash('b', 1 + Uuid.SizeBytes),
        Safeguard.FirstUse => new LateHash(typed),
        _ => new HostKeyedHash(),
    };

    public IClock Clock(VirtualClock clock) => without switch
    {
        Safeguard.MonotonicTime => new LooseClock(clock, true),
        Safeguard.ClockConfirmation => new LooseClock(clock, false),
        _ => clock,
    };

    public IMqttSession Session(
        LoopbackSession session, VirtualClock clock, Func<string> typed) => without
        is Safeguard.Dedupe or Safeguard.Expiry or Safeguard.SecretDigits or Safeguard.StableAnswer
            or Safeguard.FreshAnswer or Safeguard.Duress or Safeguard.ExternalModification
            ? new LooseSession(session, without, typed, () => UtcOf(clock)) : session;

    private static DateTime UtcOf(VirtualClock clock)
    {
        clock.TryGetUtc(out long utc);
        return DateTime.UnixEpoch.AddSeconds(utc);
    }

    public void Change(AgentSettings settings)
    {
        if (without == Safeguard.Debounce)
        {
            settings.KeySettleMs = 0;
            settings.KeyPressMs = 0;
            settings.KeyReleaseMs = 0;
        }
    }

    public void Change(AgentPorts ports)
    {
        if (without is Safeguard.StrikeLimit or Safeguard.SafeStart)
        {
            _pin = new StuckPin(ports.Strike, without == Safeguard.SafeStart);
            ports.Strike = _pin;
        }
    }

    /// <summary>The power comes back.</summary>
    public void Start(W25qChip chip)
    {
        _pin?.Start();
        if (without is Safeguard.LockoutCount or Safeguard.LatestTime or Safeguard.UsedMark
            or Safeguard.Tombstone or Safeguard.OfflineUse or Safeguard.Revocation
            or Safeguard.KeypadCode or Safeguard.BackupPool)
        {
            new FlashEditor(chip.Image).Edit(Forget);
        }
    }

    // A used one-time code and a revoked code of either kind are tombstones alike.
    private bool IsForgotten(byte[] frame)
    {
        bool isOffline = OfflineCode.TryReadId(
            frame, Frame.AccessCodeId, out bool isOneTime, out long _, out int _);
        bool isRevoked = !Uuid.IsZero(frame, Frame.AttemptId);
        return without == Safeguard.Tombstone
            || (isOffline && without == Safeguard.OfflineUse && isOneTime && !isRevoked)
            || (isOffline && without == Safeguard.Revocation && isRevoked);
    }

    private bool Forget(byte[] frame)
    {
        var type = (FrameType)frame[Frame.Type];
        if (type == FrameType.State && Frame.GetUInt16(frame, Frame.Slot) == LockState.Slot
            && without is Safeguard.LockoutCount or Safeguard.LatestTime or Safeguard.BackupPool)
        {
            // As LockState lays it out: the latest time, the wrong entries, and then the pool.
            Frame.PutUInt32(frame, without == Safeguard.LatestTime ? 4
                : without == Safeguard.LockoutCount ? 8 : 24, 0);
            return true;
        }

        if (type == FrameType.CodeDetail && without == Safeguard.KeypadCode
            && ((CodeOptions)Frame.GetUInt16(frame, Frame.Options) & CodeOptions.Unmanaged) != 0)
        {
            frame[Frame.Tag] ^= 1;
            return true;
        }

        if (type == FrameType.Used && without == Safeguard.UsedMark)
        {
            frame[Frame.Type] = (byte)FrameType.State;
            Frame.PutUInt16(frame, Frame.Slot, NoState);
            return true;
        }

        if (type == FrameType.Tombstone && IsForgotten(frame))
        {
            frame[Frame.Type] = (byte)FrameType.Attempt;
            return true;
        }

        return false;
    }
}
