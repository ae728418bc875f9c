// Offline codes, which the lock never hears of before somebody enters one: made here by the second
// implementation. CodeLedger has one; OfflineOrders gives codes out.

using System.Globalization;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>What offline codes there are, and what came of them.</summary>
/// <param name="ledger">The codes that have a slot.</param>
/// <param name="time">What the lock believes.</param>
/// <param name="secret">The lock's and its server's.</param>
public sealed class OfflineLedger(CodeLedger ledger, Belief time, byte[] secret)
{
    private const int Hours = 24;
    private const int Count = 9;
    private const long Slack = 2;
    private static readonly string[] Labels = ["time_bound", "one_time"];

    /// <summary>Codes that were given out, or met by accident.</summary>
    public List<KnownCode> Codes { get; } = [];

    /// <summary>Finds a code, or makes it.</summary>
    public KnownCode Code(string label, int startHour, int index)
    {
        KnownCode code = ledger.Code(PlainOfflineCode.AccessCodeId(label, startHour, index));
        if (code.Offline == null)
        {
            string digits = PlainOfflineCode.Digits(secret, label, startHour, index);
            code.Offline = new KnownOffline(digits, label == "one_time", startHour * 3600L,
                PlainOfflineCode.EndsAt(label, startHour, index), index);
            ledger.AddDigits(digits);
            Codes.Add(code);
        }

        return code;
    }

    /// <summary>Somebody has entered digits: a guess may be a code by accident, and one code
    /// another.</summary>
    /// <returns>How many codes they may be.</returns>
    public int Meet(string digits)
    {
        int met = 0;
        if (digits.Length != Count || !time.IsKnown)
        {
            return met;
        }

        for (int hour = HourOf(time.Utc - Slack) - Hours + 1; hour <= HourOf(time.Utc + Slack);
            hour++)
        {
            foreach (string label in Labels)
            {
                int index = PlainOfflineCode.IndexOf(secret, label, hour, digits);
                if (index >= 0)
                {
                    Code(label, hour, index).Offline!.NeedNotOpen = IsInSlot(digits)
                        || (label == "one_time" && !ledger.HasRoom);
                    met++;
                }
            }
        }

        return met;
    }

    /// <summary>Digits have opened the door, or may have.</summary>
    /// <param name="isSure">They have.</param>
    public void Use(string digits, bool isSure)
    {
        isSure &= !IsInSlot(digits);
        foreach (KnownCode code in Codes)
        {
            KnownOffline offline = code.Offline!;
            if (!offline.MayOpen(digits, time))
            {
                continue;
            }

            if (offline.IsOneTime)
            {
                offline.IsUsed = isSure ? true : null;
            }
            else if (code.Versions.All(version => version == null))
            {
                bool hasSlot = ledger.HasSlot;
                bool isThere = isSure && hasSlot && offline.IsRevoked == false;
                code.Become(isThere ? [offline.InSlot] : [offline.InSlot, null]);
            }
        }
    }

    /// <summary>A code as members of a command.</summary>
    public static string Members(KnownOffline offline) => string.Create(
        CultureInfo.InvariantCulture, $",\"keyway_offline_label\":\"{offline.Label}\""
            + $",\"starts_at\":\"{SpelledTime.InZ(offline.Starts)}\""
            + $",\"keyway_offline_index\":{offline.Index}");

    // Codes with a slot come first.
    private bool IsInSlot(string digits) => ledger.Codes.Any(code => code.Offline == null
        && code.Versions.Any(version => version?.Digits == digits));

    private static int HourOf(long utc) => (int)(utc / 3600);
}
