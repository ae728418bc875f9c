namespace Keyway.Tests.Model;

/// <summary>What is wrong with a request whatever the state of the lock: error types.</summary>
public static class ByteRules
{
    private const string Invalid = "invalid_input";
    private const int DoorSeconds = 60;

    public static SortedSet<string> Judge(string word, Reading says, string deviceId)
    {
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        Check(wrong, says.IsBroken || (word == Words.Create && !says.Has("device_id")));
        if (says.Text("device_id") is { } device && device != deviceId)
        {
            wrong.Add("device_not_found");
        }

        switch (word)
        {
            case Words.Create:
                JudgeAliases(wrong, says);
                JudgeCreate(wrong, says);
                break;
            case Words.Update:
                JudgeAliases(wrong, says);
                JudgeOrder(wrong, says);
                Check(wrong, !says.Has("access_code_id"));
                break;
            case Words.List:
                break;
            case Words.Unlock or Words.Lock:
                JudgeDoor(wrong, says);
                break;
            default:
                Check(wrong, !says.Has("access_code_id"));
                break;
        }

        return wrong;
    }

    private static void JudgeCreate(SortedSet<string> wrong, Reading says)
    {
        bool starts = says.Has("starts_at");
        bool ends = says.Has("ends_at");
        bool isOffline = says.IsTrue("is_offline_access_code")
            || says.IsTrue("use_offline_access_code");
        if (isOffline)
        {
            Check(wrong, !starts || (!ends && !says.IsTrue("is_one_time_use")));
            Check(wrong, says.Has("code") || says.Has("common_code_key")
                || says.IsTrue("use_backup_access_code_pool"));
        }
        else
        {
            Check(wrong, starts != ends);
        }

        JudgeOrder(wrong, says);
        Check(wrong, starts && says.IsTrue("keyway_duress"));
        Check(wrong, !starts && says.IsTrue("use_backup_access_code_pool"));
        Check(wrong, says.Has("code") && says.Has("preferred_code_length"));
    }

    private static void JudgeDoor(SortedSet<string> wrong, Reading says) =>
        Check(wrong, says.Time("issued_at") is not { } issued
            || says.Time("expires_at") is not { } expires
            || expires <= issued || expires - issued > DoorSeconds);

    private static void JudgeOrder(SortedSet<string> wrong, Reading says) =>
        Check(wrong, says.Time("ends_at") <= says.Time("starts_at"));

    private static void JudgeAliases(SortedSet<string> wrong, Reading says) =>
        Check(wrong,
            says.Contradicts("allow_external_modification", "is_external_modification_allowed")
            || says.Contradicts("is_offline_access_code", "use_offline_access_code"));

    private static void Check(SortedSet<string> wrong, bool isWrong)
    {
        if (isWrong)
        {
            wrong.Add(Invalid);
        }
    }
}
