using Keyway.Boards.Virtual;

namespace Keyway.Tests.Model;

/// <summary>Makes the parameters of requests, sound ones and others.</summary>
public sealed class MemberMaker(SeededRandom random, LockModel model, VirtualClock clock)
{
    private const int DoorSeconds = 60;
    private const long Hour = ModelTime.Hour;

    private static readonly string[] Names =
    [
        "Anna", "", "Ben", "Überraschungsgäste aus dem Süden, vier", "Анна Каренина и её гости",
        "東京都千代田区丸の内一丁目九番一号", "👩‍👩‍👧‍👦 Familie", "אורחים של דנה ושל נועה כהן",
        "12345678901234567890123456789012", "123456789012345678901234567890é",
        "1234567890123456789012345678😀😀", "a\"b\\c\td", "x",
    ];

    private static readonly string[] Keys =
    [
        "cleaners", "guests", "ключ", "k", "0123456789012345678901234567890123456789012345678901"
            + "234567890123", string.Concat(Enumerable.Repeat("ключ", 16)),
    ];

    private static readonly object?[] Wrongs =
    [
        null, 7L, -1L, 4.5, true, "", "x", new object[1], "12a4", "123", "1234567890123", "+123",
        "2026-02-30T00:00:00Z", "2026-11-24T10:00:00", "yesterday", "a77e3b70-0000", "true",
        70_000L,
    ];

    private static readonly string[] Members =
    [
        "action_attempt_id", "access_code_id", "device_id", "issued_at", "expires_at", "code",
        "name", "starts_at", "ends_at", "preferred_code_length", "common_code_key",
        "allow_external_modification", "is_external_modification_allowed",
        "prefer_native_scheduling", "attempt_for_offline_device", "is_offline_access_code",
        "use_offline_access_code", "is_one_time_use", "max_time_rounding",
        "use_backup_access_code_pool", "keyway_duress", "type", "limit", "page_cursor", "sync",
        "somebody_else",
    ];

    /// <summary>Adds what a create may have.</summary>
    public Request AddCreate(Request request)
    {
        AddDigits(request);
        AddName(request);
        bool hasWindow = random.Next(2) == 0;
        if (hasWindow)
        {
            AddWindow(request);
        }

        if (random.Next(3) == 0)
        {
            request.With("prefer_native_scheduling", random.Next(4) == 0);
        }

        AddFlag(request, "is_one_time_use", 5);
        AddFlag(request, "use_backup_access_code_pool", hasWindow ? 2 : 30);
        AddFlag(request, "keyway_duress", hasWindow ? 40 : 8);
        AddFlag(request, "attempt_for_offline_device", 10);
        AddFlag(request, "is_offline_access_code", 40);
        AddFlag(request, "use_offline_access_code", 60);
        AddExternal(request, 6);
        if (random.Next(20) == 0)
        {
            request.With("max_time_rounding", random.Next(2) == 0 ? "1hour" : "1d");
        }

        if (random.Next(10) == 0)
        {
            request.With("sync", true);
        }

        return request;
    }

    /// <summary>Adds one member that an update may have, or several.</summary>
    public Request AddUpdate(Request request)
    {
        int members = random.Next(3) > 0 ? 1 : 1 + random.Next(4);
        var left = new List<int> { 0, 1, 2, 3, 4, 5, 6, 7 };
        for (int i = 0; i < members; i++)
        {
            int at = random.Next(left.Count);
            AddUpdated(request, left[at]);
            left.RemoveAt(at);
        }

        return request;
    }

    /// <summary>Adds limit and cursor.</summary>
    public Request AddPaging(Request request)
    {
        if (random.Next(2) == 0)
        {
            request.With("limit", (long)random.Next(5));
        }

        return random.Next(2) == 0
            ? request.With("page_cursor", $"{random.Next(20)}") : request;
    }

    /// <summary>Adds the times of a door command: mostly those of now.</summary>
    public Request AddDoorTimes(Request request)
    {
        long issued = Now() - random.Next(20);
        long expires = issued + DoorSeconds - random.Next(DoorSeconds - 30);
        switch (random.Next(12))
        {
            case 0:
                expires += 31;
                break;
            case 1:
                issued -= 600;
                expires -= 600;
                break;
            case 4:
                long ahead = random.Next(2) == 0 ? 6 + random.Next(40) : 86_400;
                issued += ahead;
                expires += ahead;
                break;
            case 2:
                return request.With("expires_at", SpelledTime.At(expires));
            case 3:
                return request.With("issued_at", SpelledTime.At(issued));
        }

        return request.With("issued_at", SpelledTime.At(issued)).With("expires_at", At(expires));
    }

    /// <summary>Adds an expiry, unless it has one.</summary>
    public void AddExpiry(Request request)
    {
        if (!request.Has("expires_at"))
        {
            request.With("expires_at", At(Now() + random.Next(5) switch
            {
                0 => 0,
                1 => -random.Next(90_000),
                2 => 1,
                _ => random.Next(90_000),
            }));
        }
    }

    /// <summary>Gives a member a value that is mostly wrong, or puts it there twice.</summary>
    public void Spoil(Request request)
    {
        object? wrong = Wrongs[random.Next(Wrongs.Length)];
        if (random.Next(3) == 0)
        {
            // Also an action_attempt_id: then there is nobody to answer.
            int at = random.Next(request.Members.Count);
            request.Members[at] = (request.Members[at].Name, wrong);
        }
        else
        {
            request.With(Members[random.Next(Members.Length)], wrong);
        }
    }

    private void AddUpdated(Request request, int member)
    {
        switch (member)
        {
            case 0:
                request.With("name", Names[random.Next(Names.Length)]);
                break;
            case 1:
                request.With("code", Digits());
                if (random.Next(8) == 0)
                {
                    request.With("common_code_key", Keys[random.Next(Keys.Length)]);
                }

                break;
            case 2:
                AddWindow(request);
                break;
            case 3:
                AddFlag(request, "is_one_time_use", 1);
                break;
            case 4:
                AddExternal(request, 1);
                break;
            case 5:
                request.With("type", random.Next(4) > 0 ? "ongoing" : "time_bound");
                break;
            case 6:
                request.With("prefer_native_scheduling", random.Next(2) == 0);
                break;
            default:
                request.With("device_id", model.Shape.DeviceId);
                break;
        }
    }

    private void AddDigits(Request request)
    {
        bool hasKey = random.Next(6) == 0;
        if (random.Next(4) > 0)
        {
            request.With("code", Digits());
        }

        if (hasKey)
        {
            request.With("common_code_key", Keys[random.Next(Keys.Length)]);
        }

        if (random.Next(request.Has("code") ? 40 : 3) == 0)
        {
            request.With("preferred_code_length", (long)random.Next(14));
        }
    }

    private string Digits() => RequestMaker.Digits[random.Next(RequestMaker.Digits.Length)];

    private void AddName(Request request)
    {
        if (random.Next(2) == 0)
        {
            request.With("name", Names[random.Next(Names.Length)]);
        }
    }

    private void AddWindow(Request request)
    {
        long starts = Now() + random.Next(6) switch
        {
            0 => -random.Next(90_000),
            1 => 0,
            2 => 1,
            3 => Hour + random.Next(3) - 1,
            _ => random.Next(20) * Hour / 2,
        };
        long ends = random.Next(14) switch
        {
            0 => starts,
            1 => starts - 60,
            2 => Now(),
            3 => Now() + 1,
            _ => Math.Max(starts, Now()) + 60 + random.Next(30) * Hour / 3,
        };
        int half = random.Next(request.Word == Words.Update ? 3 : 14);
        if (half != 0)
        {
            request.With("starts_at", At(starts));
        }

        if (half != 1)
        {
            request.With("ends_at", At(ends));
        }
    }

    private void AddExternal(Request request, int oneIn)
    {
        AddFlag(request, "allow_external_modification", oneIn);
        AddFlag(request, "is_external_modification_allowed", oneIn * 2);
    }

    private void AddFlag(Request request, string name, int oneIn)
    {
        if (random.Next(oneIn) == 0)
        {
            request.With(name, random.Next(4) > 0);
        }
    }

    private SpelledTime At(long unix) => SpelledTime.At(unix, random.Next(4) == 0
        ? 60 * (random.Next(25) - 12) + 30 * random.Next(2) : 0);

    // As whoever sends sees it.
    private long Now() => model.Time.IsKnown ? model.Time.Utc
        : clock.TryGetUtc(out long utc) ? utc
        : Math.Max(ModelTime.First, model.Time.LatestPossible);
}
