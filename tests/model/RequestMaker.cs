// Which command comes next, and with which members: mostly sound, often not. Life calls it; it
// calls MemberMaker for the parameters.

using System.Globalization;
using Keyway.Boards.Virtual;

namespace Keyway.Tests.Model;

/// <summary>Makes requests that mean something to the lock as it is.</summary>
public sealed class RequestMaker
{
    // The smallest locks remember 128.
    private const int RememberedAttempts = 100;
    private readonly SeededRandom _random;
    private readonly LockModel _model;
    private readonly MemberMaker _members;
    private readonly List<Request> _sent = [];
    private int _attempts;
    private int _codes;

    public RequestMaker(SeededRandom random, LockModel model, VirtualClock clock)
    {
        _random = random;
        _model = model;
        _members = new MemberMaker(random, model, clock);
    }

    /// <summary>Digits that are given; few, so that they meet.</summary>
    public static string[] Digits { get; } =
    [
        "1111", "2222", "0123", "1234", "123456", "1234567", "48151623", "999999999999", "0000",
        "4711", "000000", "8642", "13579", "2468013579",
    ];

    /// <summary>A command, new or repeated.</summary>
    public Request Next()
    {
        int kind = _random.Next(100);
        if (kind < 14 && _sent.Count > 0)
        {
            return Repeated();
        }

        bool isFull = _model.FreeForCreate(false) <= 0;
        Request request = kind switch
        {
            < 54 when !isFull || kind < 20 => Create(),
            < 74 when !isFull || kind < 60 => Update(),
            < 88 => About(Words.Delete),
            < 94 => About(Words.Pull),
            _ => Door(),
        };
        Request sent = Finished(request);
        _sent.Add(sent.Copy());
        return sent;
    }

    /// <summary>A get or a list.</summary>
    public Request Question() => _random.Next(3) > 0
        ? Finished(About(Words.Get))
        : Finished(_members.AddPaging(Begin(Words.List)));

    /// <summary>A list as who reads all of it sends it.</summary>
    /// <param name="cursor">Empty: the first page.</param>
    /// <param name="limit">0: none.</param>
    public Request Page(string cursor, int limit)
    {
        Request request = Begin(Words.List);
        if (cursor.Length > 0)
        {
            request.With("page_cursor", cursor);
        }

        return limit > 0 ? request.With("limit", (long)limit) : request;
    }

    /// <summary>One of them; null when there is none.</summary>
    public ModelCode? Pick(IEnumerable<ModelCode> codes)
    {
        ModelCode[] all = [.. codes];
        return all.Length == 0 ? null : all[_random.Next(all.Length)];
    }

    private static string Id(int kind, int number) => string.Create(
        CultureInfo.InvariantCulture, $"a77e3b70-000{kind}-4000-8000-{number:x12}");

    private Request Begin(string word)
    {
        _attempts++;
        string id = Id(0, _attempts);
        return new Request(word).With("action_attempt_id",
            _random.Next(30) == 0 ? id.ToUpperInvariant() : id);
    }

    private Request Create()
    {
        Request request = Begin(Words.Create);
        string? id = _random.Next(10) switch
        {
            < 4 => null,
            < 8 => Id(1, ++_codes),
            8 when _codes > 0 => Id(1, 1 + Math.Max(0, _codes - 1 - _random.Next(8))),
            _ => Pick(_model.Codes.Values)?.Id,
        };
        if (id != null)
        {
            request.With("access_code_id", id);
        }

        if (_random.Next(40) > 0)
        {
            request.With("device_id", _random.Next(50) > 0 ? _model.Shape.DeviceId : Id(2, 1));
        }

        return _members.AddCreate(request);
    }

    private Request Update() => _members.AddUpdate(About(Words.Update));

    private Request About(string word)
    {
        Request request = Begin(word);
        bool isPull = word == Words.Pull && _random.Next(4) > 0;
        string? id = _random.Next(12) switch
        {
            0 => Id(3, 1),
            1 when _model.Deleted.Count > 0 =>
                _model.Deleted.Keys.ElementAt(_random.Next(_model.Deleted.Count)),
            2 when _random.Next(4) == 0 => null,
            _ => Pick(_model.Codes.Values.Where(code => code.UsesPool || !isPull))?.Id ?? Id(3, 2),
        };
        return id == null ? request : request.With("access_code_id", id);
    }

    private Request Door() => _members.AddDoorTimes(
        Begin(_random.Next(3) > 0 ? Words.Unlock : Words.Lock));

    // The same attempt with the same or another payload, or the same payload as another attempt.
    private Request Repeated()
    {
        int newest = _sent.Count - 1;
        Request old = _sent[newest - _random.Next(Math.Min(_sent.Count, RememberedAttempts))];
        old = old.Copy();
        switch (_random.Next(6))
        {
            case 0:
                old.Members[0] = Begin(old.Word).Members[0];
                return old;
            case 1:
                return new Request(Words.Create)
                    .With("action_attempt_id", old.Members[0].Value)
                    .With("device_id", _model.Shape.DeviceId)
                    .With("code", Digits[_random.Next(Digits.Length)]);
            case 2:
                return old with { IsRetained = true };
            case 3:
                return old with { Missing = 1 };
            default:
                return old;
        }
    }

    private Request Finished(Request request)
    {
        if (_random.Next(12) == 0)
        {
            _members.AddExpiry(request);
        }

        if (_random.Next(25) == 0)
        {
            _members.Spoil(request);
        }

        bool hasOneId = request.Members.Count(member => member.Name == "action_attempt_id") == 1;
        return request with
        {
            IsRetained = _random.Next(60) == 0 && request.Word is not (Words.Get or Words.List),
            Missing = hasOneId && _random.Next(60) == 0 ? 1 + _random.Next(4) : 0,
            IsEscaped = _random.Next(2) == 0,
        };
    }
}
