// Every bound of the agent in one place, each with its unit and its reason.

namespace Keyway.Firmware;

/// <summary>What is bounded, and by how much.</summary>
public static class Limits
{
    /// <summary>Longest payload that is read, in bytes: the contract's 2 KiB.</summary>
    public const int PayloadBytes = 2048;

    /// <summary>Deepest nesting of a payload; the contract's.</summary>
    public const int PayloadDepth = 4;

    /// <summary>Most members of one object in a payload; create has under twenty.</summary>
    public const int PayloadMembers = 32;

    /// <summary>Objects open at once in a payload and their members: 2 bytes each.</summary>
    public const int OpenMembers = 64;

    /// <summary>Longest word to compare a payload's texts with, in bytes: the own id.</summary>
    public const int WordBytes = 36;

    /// <summary>Fewest digits of an access code; the API's.</summary>
    public const int CodeDigitsMin = 4;

    /// <summary>Most digits of an access code; the API's.</summary>
    public const int CodeDigitsMax = 12;

    /// <summary>Fewest digits of the master code.</summary>
    public const int MasterDigitsMin = 8;

    /// <summary>Longest common code key, in characters; the API's.</summary>
    public const int CommonKeyCharacters = 64;

    /// <summary>The same in bytes of UTF-8, of which a character has up to four.</summary>
    public const int CommonKeyBytes = 4 * CommonKeyCharacters;

    /// <summary>Bytes of a name that the lock keeps; the server keeps the whole.</summary>
    public const int NameBytes = 32;

    /// <summary>Most slots: the index of a sector has 13 bits for one.</summary>
    public const int Slots = 8000;

    /// <summary>Fewest action attempts whose answers are remembered, and fewest deleted access
    /// codes whose ids stay refused in their time. Senders stop repeating after 24 hours.</summary>
    public const int RememberedMin = 128;

    /// <summary>Most of each: 512 commands in a day come from a gateway that is broken.</summary>
    public const int RememberedMax = 512;

    /// <summary>So many of each, in between as many as the lock has slots.</summary>
    /// <param name="capacity">Slots of the lock.</param>
    public static int Remembered(int capacity) =>
        capacity < RememberedMin ? RememberedMin
        : capacity > RememberedMax ? RememberedMax : capacity;

    /// <summary>Attempts that failed and could not be stored, remembered in RAM.</summary>
    public const int FailedAttempts = 16;

    /// <summary>Events kept on flash for a broker that is away; then the oldest goes. A day of a
    /// busy door.</summary>
    public const int Events = 64;

    /// <summary>Events in a row that are stored again instead of dropped, since a code's state
    /// follows from them: half of all.</summary>
    public const int MovedEvents = Events / 2;

    /// <summary>A door command may wait so long for the lock, in s; the contract's.</summary>
    public const int DoorCommandSeconds = 60;

    /// <summary>The clocks of a lock and of who commands a door may differ by so much, in s: both
    /// are set over a network, and the lock takes a step of up to 2 s for drift.</summary>
    public const int DoorClockSkewSeconds = 5;

    /// <summary>Slots kept free for backups with the pool on; of a small lock a quarter.</summary>
    public const int BackupPool = 3;

    /// <summary>A deferred code is in its slot so long before its start, in s.</summary>
    public const int SetBeforeStartSeconds = 3600;

    /// <summary>A code that the keypad lets end by itself leaves its slot so long after its end, in
    /// s, so that a forged clock cannot wipe a lock.</summary>
    public const int RemoveAfterEndSeconds = 86_400;

    /// <summary>A code that is so much later in its slot, or out of it, than it should be, in s, is
    /// told to be late.</summary>
    public const int LateSeconds = 60;

    /// <summary>First wait before what the chip did not keep is tried again, in s; doubled at each
    /// failure, since each try wears the chip.</summary>
    public const int RetrySeconds = 60;

    /// <summary>Longest wait before that, in s.</summary>
    public const int RetrySecondsMax = 3600;

    /// <summary>A jump of the time of day by more than this must be confirmed, in s.</summary>
    public const int ClockJumpSeconds = 86_400;

    /// <summary>The id of a deleted ongoing code is refused for so long, in s: 30 days.</summary>
    public const int TombstoneSeconds = 30 * 86_400;

    /// <summary>Most access codes on a page of a list, so that it fits a payload.</summary>
    public const int ListPage = 2;

    /// <summary>Codes over 10^digits may be one in so many before guessing is easy.</summary>
    public const int GuessOneIn = 1000;

    /// <summary>Frames that must be free for one more code: its own two, and some for attempts,
    /// events and holes, so that a full lock can still answer and delete.</summary>
    public const int RoomForCode = 16;

    /// <summary>The latest time believed is saved so often, in s.</summary>
    public const int UtcSaveSeconds = 3600;

    /// <summary>A change of the lock's state waits so long for others, in ms.</summary>
    public const int StateDelayMs = 2000;

    /// <summary>So many changes of the lock's state are saved at once.</summary>
    public const int StateChanges = 32;

    /// <summary>Fewest sectors of the flash region: one that is written, one that is carried on,
    /// three ready, three that hold.</summary>
    public const int SectorsMin = 8;

    /// <summary>Most sectors of the flash region: a location has 16 bits.</summary>
    public const int SectorsMax = 1024;

    /// <summary>Erased sectors kept ready, two of them for carrying on, so that a burst of creates
    /// needs no erase.</summary>
    public const int ReadySectors = 8;

    /// <summary>The same in a small ring: one to write, two for carrying frames on.</summary>
    public const int ReadySectorsMin = 3;

    /// <summary>Ready sectors that only carrying on opens: a full sector fills one, and a little
    /// more where holes are left.</summary>
    public const int ReclaimReserve = 2;

    /// <summary>Tries to erase a sector before it is passed over, where fewer are ready than
    /// carrying on may need.</summary>
    public const int EraseTries = 3;

    /// <summary>Messages sent and not acknowledged by the broker; the 9th waits.</summary>
    public const int InFlight = 8;

    /// <summary>Codes whose state is to be told again; the schedule waits for room.</summary>
    public const int ToldStates = 8;

    /// <summary>Events that wait in RAM for the storage: what one entry may bring.</summary>
    public const int WaitingEvents = 4;

    /// <summary>Largest payload that the lock publishes, in bytes; the contract's 2 KiB.</summary>
    public const int PublishBytes = 2048;

    /// <summary>Largest but Home Assistant's, in bytes: a code with all troubles 1,326.</summary>
    public const int AnswerBytes = 1408;

    /// <summary>A code entry is cleared after so long without a key, in ms.</summary>
    public const int EntryTimeoutMs = 8000;

    /// <summary>From Enter to feedback and strike, in ms, whatever the outcome: longer than the
    /// slowest decision, short enough not to feel slow.</summary>
    public const int FeedbackDelayMs = 400;

    /// <summary>How long the feedback is shown, in ms.</summary>
    public const int FeedbackShowMs = 1000;

    /// <summary>Feedback later by more, in ms, is reported: a tick of the runtime.</summary>
    public const int FeedbackToleranceMs = 10;

    /// <summary>So many wrong entries lock the keypad.</summary>
    public const int WrongEntries = 5;

    /// <summary>The first lockout, in s; each further wrong entry doubles it.</summary>
    public const int LockoutSeconds = 30;

    /// <summary>Lockouts grow up to this at least, in min.</summary>
    public const int LockoutMinutesMin = 15;

    /// <summary>Lockouts grow up to this at most, in min: a day.</summary>
    public const int LockoutMinutesMax = 24 * 60;

    /// <summary>So long without a wrong entry takes one off, in ms: an hour.</summary>
    public const int QuietMs = 3_600_000;

    /// <summary>Programming mode ends so long after a key, in ms: to look up a number.</summary>
    public const int ProgrammingIdleMs = 30_000;

    /// <summary>No pulse of the strike is extended beyond this, in ms: the one-shot in the wiring
    /// ends one after 8 s.</summary>
    public const int StrikeLongestMs = 7000;

    /// <summary>A step with the door open extends a pulse by so much, in ms.</summary>
    public const int StrikeExtensionMs = 500;

    /// <summary>A contact must keep its level for so long, in ms.</summary>
    public const int ContactDebounceMs = 50;

    /// <summary>A door that opens so long after a release is not forced, in ms.</summary>
    public const int ReleasedMs = 5000;

    /// <summary>The keypad counts as awake for so long after a key, in ms: no erase and no connect
    /// begins, since an erase delays a reading and a TLS handshake freezes every thread.</summary>
    public const int KeypadAwakeMs = 10_000;

    /// <summary>A key that is down for so long is stuck, or taped, in ms: the lock goes on without
    /// it, or it would never connect and never make room.</summary>
    public const int StuckKeyMs = 60_000;

    /// <summary>Shortest wait before connecting again, in ms; doubled at each failure.</summary>
    public const int ReconnectMinMs = 1000;

    /// <summary>Longest wait before connecting again, in ms.</summary>
    public const int ReconnectMaxMs = 300_000;

    /// <summary>A connect that has not ended after so long is dropped, in ms.</summary>
    public const int ConnectMs = 60_000;

    /// <summary>A broker that acknowledges nothing for so long while something waits for it is
    /// mute, in ms; as long as the keep-alive.</summary>
    public const int MuteMs = 30_000;

    /// <summary>The status is published again so long after the last time, in ms: then a dead
    /// connection shows, whatever the vendor's keep-alive makes of it, and a will that came late is
    /// overwritten.</summary>
    public const int StatusMs = 600_000;

    /// <summary>After a change the status is published at most so often, in ms: a burst of commands
    /// would bring one each.</summary>
    public const int StatusGapMs = 2000;

    /// <summary>Sectors, or entries of an index, that mount and loading pass in one step: no step
    /// may take 10,000 instructions.</summary>
    public const int WorkPerStep = 72;

    /// <summary>A frame or a page that they read counts as so many.</summary>
    public const int WorkPerRead = 24;

    /// <summary>A payload so short, of an attempt that has no answer yet, is read and judged in one
    /// step; in bytes.</summary>
    public const int ShortPayloadBytes = 320;

    /// <summary>Codes that a page of a list reads in one step: under 2 ms of SPI.</summary>
    public const int SlotsPerStep = 8;

    /// <summary>Codes that a pass of the schedule, and the digest after a loss, read in one step:
    /// each costs about 1,000 instructions, and there is more in such a step.</summary>
    public const int PassedPerStep = 4;

    /// <summary>Slots that the digest and the schedule pass in one step, free ones too: on the
    /// device a look costs some microseconds.</summary>
    public const int SlotsPerSlice = 64;

    /// <summary>Most codes of pin_code_matches_existing_set; a byte of a MAC chooses one.</summary>
    public const int ExistingCodes = 256;

    /// <summary>How often digits are made until they fit; the try is stored in a byte.</summary>
    public const int MadeTries = 256;

    /// <summary>Tries of making digits in one step: each costs up to three MACs, the last one five
    /// more, so that a step stays under 5 ms.</summary>
    public const int MadeTriesPerStep = 2;

    /// <summary>MACs that the check of an offline code computes in one step, so that a step stays
    /// under 2 ms.</summary>
    public const int OfflineMacsPerStep = 4;

    /// <summary>An offline code must be used for the first time within so many hours of its start:
    /// each adds two MACs to a check, and two in a million to what a guess may find.</summary>
    public const int OfflineFirstUseHours = 24;

    /// <summary>So many crashes close to each other are a boot loop.</summary>
    public const int BootLoopCrashes = 3;

    /// <summary>How close: runs that crashed lasted no longer than this together, in s.</summary>
    public const int BootLoopSeconds = 300;

    /// <summary>A run that ends before, in s, and nobody knows why, counts as a crash: so three of
    /// them cannot be longer than the loop's window.</summary>
    public const int BootShortSeconds = BootLoopSeconds / BootLoopCrashes;

    /// <summary>After a boot loop the network rests so long, in s; the keypad works.</summary>
    public const int KeypadOnlySeconds = 600;

    /// <summary>The supervisor looks whether the agent steps so often, in ms.</summary>
    public const int SupervisorMs = 1000;

    /// <summary>So many looks without a step are a hang: well before the external watchdog, so that
    /// the reason is noted.</summary>
    public const int HungLooks = 10;

    /// <summary>Largest setup file of a board, in bytes: three PEMs of RSA take 5 KiB.</summary>
    public const int SetupBytes = 8192;

    /// <summary>Most members of the setup file.</summary>
    public const int SetupMembers = 40;

    /// <summary>Shortest pulse of the strike, in ms: below, a latch does not move.</summary>
    public const int StrikeShortestMs = 200;
}
