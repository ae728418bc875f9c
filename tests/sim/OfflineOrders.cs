using System.Globalization;
using System.Text.Json;
using Keyway.Tests.Model;
using static Keyway.Tests.Sim.Violation;

namespace Keyway.Tests.Sim;

/// <summary>Gives offline codes out, asks the lock for some, and revokes some.</summary>
/// <param name="orders">Makes the commands.</param>
public sealed class OfflineOrders(Chance chance, CodeLedger ledger, OrderMaker orders)
{
    private const int DayIndex = 672;
    private const int Indexes = 1000;

    /// <summary>The next; null: a code was given out, and the lock hears nothing of it.</summary>
    public SentCommand? Next() => chance.Below(6) switch
    {
        0 => Create(),
        1 or 2 => Revoke(),
        _ => GiveOut(),
    };

    private SentCommand? GiveOut()
    {
        NewCode();
        return null;
    }

    private KnownCode NewCode()
    {
        string label = chance.OneIn(2) ? "one_time" : "time_bound";
        int startHour = (int)(orders.Now / 3600) + chance.Between(-26, 8);
        int index = label == "one_time" || chance.OneIn(10) ? chance.Below(Indexes)
            : chance.Below(chance.OneIn(3) ? DayIndex : 40);
        return ledger.Offline.Code(label, startHour, index);
    }

    private SentCommand? Create()
    {
        KnownCode code = NewCode();
        KnownOffline offline = code.Offline!;
        if (code.IsBusy)
        {
            return null;
        }

        string members = $",\"is_offline_access_code\":true"
            + $",\"starts_at\":\"{SpelledTime.InZ(offline.Starts)}\""
            + (offline.IsOneTime ? string.Create(CultureInfo.InvariantCulture,
                $",\"is_one_time_use\":true,\"keyway_offline_index\":{offline.Index}")
                : $",\"ends_at\":\"{SpelledTime.InZ(offline.Ends)}\",\"max_time_rounding\":\"1h\"");
        return orders.Order(Words.Create, code, orders.Device + members, version => version) with
        {
            Learned = (answer, error) => Check(code, answer, error),
        };
    }

    private SentCommand? Revoke()
    {
        KnownCode[] some = [.. ledger.Offline.Codes.TakeLast(5).Where(code => !code.IsBusy)];
        if (some.Length == 0)
        {
            return null;
        }

        KnownCode code = chance.Of(some);
        string members = OfflineLedger.Members(code.Offline!);
        return orders.Order(Words.Delete, code, members, _ => null);
    }

    private static void Check(KnownCode code, JsonElement answer, string? error)
    {
        if (error != null)
        {
            return;
        }

        KnownOffline offline = code.Offline!;
        JsonElement told = answer.GetProperty("access_code");
        Require(told.GetProperty("access_code_id").GetString() == code.Id
            && told.GetProperty("code").GetString() == offline.Digits
            && told.GetProperty("starts_at").GetString() == SpelledTime.InZ(offline.Starts)
            && told.GetProperty("ends_at").GetString() == SpelledTime.InZ(offline.Ends),
            $"another offline code than {code.Id}: {answer}");
        Require(offline.IsRevoked != true, $"revoked code {code.Id} is made again");
    }
}
