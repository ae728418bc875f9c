// Starts the storage in slices, and tells what is wrong with it. Agent steps it.

using Keyway.Hal;

namespace Keyway.Firmware;

/// <summary>How the storage is, from the start on.</summary>
public sealed class StorageWatch
{
    private readonly SpiNorFlash _flash;
    private readonly int _jedecId;
    private readonly SlotLog _log;
    private readonly EventLog _events;
    private bool _isMounted;
    private bool _isSound;
    private int _lostFrames;
    private int _lostSectors;
    private bool _isStarted;
    private StorageStatus _status;

    /// <summary>Wires it.</summary>
    /// <param name="flash">The chip.</param>
    /// <param name="jedecId">What it must be; 0: any that is known.</param>
    /// <param name="log">Is mounted.</param>
    /// <param name="events">Hears what is wrong.</param>
    public StorageWatch(SpiNorFlash flash, int jedecId, SlotLog log, EventLog events)
    {
        _flash = flash;
        _jedecId = jedecId;
        _log = log;
        _events = events;
    }

    /// <summary>True when the start is over.</summary>
    public bool IsStarted => _isStarted;

    /// <summary>What the start found: Ok, or what is wrong.</summary>
    public StorageStatus Status => _status;

    /// <summary>One slice of the start: finds the chip, then what is on it.</summary>
    public void Start()
    {
        StorageStatus status = StorageStatus.ChipFailed;
        _isStarted = _log.IsMounting || _flash.Open(_jedecId) == FlashStatus.Ok
            ? _log.StepMount(out status) : true;
        if (IsStarted)
        {
            _status = status;
            _isSound = _log.IsSound;
            _isMounted = _log.IsMounted;
            if (status != StorageStatus.Ok)
            {
                _events.StorageTrouble(status);
            }
        }
    }

    /// <summary>Looks at the log, which ends when it finds a header where mount saw none: the chip
    /// was away then, and what was loaded is not all.</summary>
    /// <returns>True when it is not as it was.</returns>
    public bool HasChanged()
    {
        bool isMounted = _log.IsMounted;
        if (_isMounted && !isMounted)
        {
            _events.StorageTrouble(StorageStatus.ChipFailed);
        }

        bool isSound = _log.IsSound;
        bool hasChanged = isSound != _isSound;
        _isMounted = isMounted;
        _isSound = isSound;
        return hasChanged;
    }

    /// <summary>Tells what has been lost since the last time.</summary>
    /// <param name="lost">Codes and frames, ever since the start.</param>
    public void NoteLost(int lost)
    {
        if (lost > _lostFrames)
        {
            _events.Note(EventKind.CodesLost, lost - _lostFrames);
            _lostFrames = lost;
        }

        if (_log.Ring.LostSectors > _lostSectors)
        {
            _lostSectors = _log.Ring.LostSectors;
            _events.StorageTrouble(StorageStatus.Damaged);
        }
    }
}
