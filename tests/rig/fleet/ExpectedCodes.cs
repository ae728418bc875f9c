using System.Text.Json;

namespace Keyway.Tests.Rig;

/// <summary>
/// What one lock has confirmed so far, and the next command for it: of five commands three create
/// a code, one changes and one deletes the oldest.
/// </summary>
/// <remarks>One command of a lock is under way at a time, so what it must hold is certain.
/// </remarks>
internal sealed class ExpectedCodes(string deviceId)
{
    /// <summary>Codes of one lock at most; well below its capacity.</summary>
    public const int CodesMax = 100;

    private const int Pattern = 5;
    private const int DigitsStep = 7919;
    private const int DigitsCount = 1_000_000;
    private readonly Queue<ExpectedCode> _codes = new();
    private int _orders;

    /// <summary>Whose they are.</summary>
    public string DeviceId => deviceId;

    /// <summary>The codes, oldest first.</summary>
    public IReadOnlyCollection<ExpectedCode> Codes => _codes;

    /// <summary>Makes the next command.</summary>
    public LockOrder Next()
    {
        int number = _orders++;

        // The step has no factor in common with the count: no digits come twice.
        string digits = $"{(long)number * DigitsStep % DigitsCount:D6}";
        return (number % Pattern) switch
        {
            _ when _codes.Count == 0 => Create(digits),
            3 => Update(digits),
            4 => Delete(),
            _ when _codes.Count >= CodesMax => Delete(),
            _ => Create(digits),
        };
    }

    private LockOrder Create(string digits)
    {
        Guid attempt = Guid.NewGuid();
        return new LockOrder("access_codes/create", attempt, Json(new
        {
            action_attempt_id = attempt,
            device_id = deviceId,
            code = digits,
            name = "Ada",
        }), () => _codes.Enqueue(new ExpectedCode(attempt.ToString(), digits)));
    }

    private LockOrder Update(string digits)
    {
        Guid attempt = Guid.NewGuid();
        ExpectedCode oldest = _codes.Peek();
        return new LockOrder("access_codes/update", attempt, Json(new
        {
            action_attempt_id = attempt,
            device_id = deviceId,
            access_code_id = oldest.AccessCodeId,
            code = digits,
        }), () => _codes.Enqueue(_codes.Dequeue() with { Digits = digits }));
    }

    private LockOrder Delete()
    {
        Guid attempt = Guid.NewGuid();
        return new LockOrder("access_codes/delete", attempt, Json(new
        {
            action_attempt_id = attempt,
            device_id = deviceId,
            access_code_id = _codes.Peek().AccessCodeId,
        }), () => _codes.Dequeue());
    }

    private static byte[] Json<T>(T command) => JsonSerializer.SerializeToUtf8Bytes(command);
}
