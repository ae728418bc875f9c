namespace Keyway.Tests.Model;

/// <summary>What commands about access codes do, when nothing was wrong with them before.</summary>
/// <param name="model">The lock that is asked and changed.</param>
public sealed class CodeRules(LockModel model)
{
    private const string Invalid = "invalid_input";

    public void Judge(Expected expected, string word, Reading says)
    {
        switch (word)
        {
            case Words.Create:
                JudgeCreate(expected, says);
                break;
            case Words.Update:
                JudgeUpdate(expected, says);
                break;
            case Words.Delete:
                JudgeDelete(expected, says);
                break;
            case Words.Pull:
                JudgePull(expected, says);
                break;
            case Words.Get:
                FindInto(expected, says);
                break;
        }

        model.JudgeGivenEnd(expected, word, says);
    }

    private void JudgeCreate(Expected expected, Reading says)
    {
        if (says.IsTrue("is_offline_access_code") || says.IsTrue("use_offline_access_code"))
        {
            // This lock has no secret for offline codes.
            expected.Errors.Add(Invalid);
            return;
        }

        ModelCode code = NewFrom(says);
        model.JudgeEnd(expected, code);
        if (model.Codes.TryGetValue(code.Id, out ModelCode? same))
        {
            JudgeSame(expected, says, code, same);
            return;
        }

        bool? isDeleted = model.IsDeleted(code.Id);
        if (isDeleted != false)
        {
            expected.Errors.Add("access_code_id_deleted");
            expected.MaySucceed = isDeleted == null;
        }

        if (isDeleted != true)
        {
            JudgeDigits(expected, says, code, null);
            if (model.FreeForCreate(code.UsesPool) <= 0)
            {
                expected.Fail("no_space_for_access_code_on_device");
            }
        }

        expected.Code = code;
        expected.Apply = shown =>
        {
            model.Codes[shown.Id] = shown;
            model.IsPoolOn |= shown.UsesPool;
        };
    }

    private ModelCode NewFrom(Reading says)
    {
        var code = new ModelCode(says.Text("access_code_id") ?? says.Attempt!)
        {
            Name = says.Text("name") ?? "",
            Key = says.Text("common_code_key"),
            Starts = says.Time("starts_at") ?? 0,
            Ends = says.Time("ends_at") ?? 0,
            Created = model.Time.Utc,
            IsOneTime = says.IsTrue("is_one_time_use"),
            IsExternal = says.AllowsExternal,
            UsesPool = says.IsTrue("use_backup_access_code_pool"),
            IsDuress = says.IsTrue("keyway_duress"),
        };
        model.Defer(code, says.Flag("prefer_native_scheduling") == false);
        return code;
    }

    private static void JudgeSame(
        Expected expected, Reading says, ModelCode code, ModelCode same)
    {
        bool hasKey = code.Key != null;
        bool isSame = code.IsAskedAs(same) && (says.Text("code") is { } given
            ? given == same.Digits
            : same.IsMade && same.IsFromKey == hasKey
                && (hasKey || same.Digits.Length == LengthFor(says)));
        if (!isSame)
        {
            expected.Errors.Add("access_code_id_in_use");
        }

        expected.Code = same;
        expected.IsUnchanged = true;
    }

    private static int LengthFor(Reading says) =>
        says.Number("preferred_code_length") is >= 4 and <= 12 and var length
            ? (int)length : ModelShape.ShortestLength;

    // Into the code: digits that are known, or how many there will be.
    private void JudgeDigits(Expected expected, Reading says, ModelCode code, ModelCode? old)
    {
        string? given = says.Text("code");
        code.IsMade = given == null;
        code.IsFromKey = given == null && code.Key != null;
        code.Digits = given ?? (code.IsFromKey
            ? SiteDigits.Of(code.Key!) : new string('?', LengthFor(says)));
        if (code.IsFromKey && !model.Shape.HasSiteSecret)
        {
            expected.Fail(Invalid);
            return;
        }

        ModelCode? other = model.Codes.Values.FirstOrDefault(
            one => one.Id != code.Id && one.Digits == code.Digits);
        if (other != null)
        {
            expected.Other = other.Id;
            expected.Fail("duplicate_code_on_device");
        }

        // What the lock knows for the key: other codes' digits, and those that it has made of it.
        if (code.Key != null && (model.Codes.Values.Any(one => one.Id != code.Id
                && one.Key == code.Key && one.Digits != code.Digits)
            || (old is { IsFromKey: true } && old.Key == code.Key
                && old.Digits != code.Digits)))
        {
            expected.Fail("common_code_key_mismatch");
        }
    }

    private void JudgeUpdate(Expected expected, Reading says)
    {
        if (FindInto(expected, says) is not { } old)
        {
            return;
        }

        ModelCode code = old.Copy();
        code.Name = says.Text("name") ?? code.Name;
        code.IsOneTime = says.Flag("is_one_time_use") ?? code.IsOneTime;
        if (says.Has("allow_external_modification")
            || says.Has("is_external_modification_allowed"))
        {
            code.IsExternal = says.AllowsExternal;
        }

        UpdateWindow(expected, says, code);
        if (says.Has("code"))
        {
            code.Key = says.Text("common_code_key") ?? code.Key;
            JudgeDigits(expected, says, code, old);
            code.KeepMadeOf(old);
            code.IsUsed &= code.Digits == old.Digits;
        }

        bool isChanged = !code.IsAskedAs(old) || code.Digits != old.Digits;
        expected.Code = isChanged ? code : old;
        expected.IsUnchanged = !isChanged;
        expected.Apply = isChanged ? model.Put : null;
    }

    private void UpdateWindow(Expected expected, Reading says, ModelCode code)
    {
        bool isOngoing = says.Text("type") == "ongoing";
        long? starts = isOngoing ? null : says.Time("starts_at");
        long? ends = isOngoing ? null : says.Time("ends_at");
        bool isTouched = isOngoing || starts != null || ends != null
            || says.Has("prefer_native_scheduling");
        if (code.IsOngoing && (starts != null) != (ends != null))
        {
            expected.Errors.Add(Invalid);
        }

        code.Starts = isOngoing ? 0 : starts ?? code.Starts;
        code.Ends = isOngoing ? 0 : ends ?? code.Ends;
        if (!code.IsOngoing && (code.Ends <= code.Starts || code.IsDuress))
        {
            expected.Errors.Add(Invalid);
        }

        if (isTouched)
        {
            model.JudgeEnd(expected, code);
            model.Defer(code, says.Flag("prefer_native_scheduling") is { } isNative
                ? !isNative : code.IsDeferred);
        }
    }

    private void JudgeDelete(Expected expected, Reading says)
    {
        ModelCode? code = FindInto(expected, says);
        expected.Code = null;
        expected.Apply = _ =>
        {
            if (model.BackupOf(code!) is { } spare)
            {
                model.Remove(spare);
            }

            model.Remove(code!);
        };
    }

    private void JudgePull(Expected expected, Reading says)
    {
        ModelCode? code = FindInto(expected, says);
        if (code == null)
        {
            return;
        }

        bool? ended = code.IsOngoing || (code.IsOneTime && code.IsUsed)
            ? true : model.HasEnded(code);
        if (!code.UsesPool)
        {
            expected.Errors.Add("backup_access_code_not_available");
        }
        else if (!model.Time.IsKnown)
        {
            expected.Errors.Add("clock_not_known");
        }
        else if (ended != false)
        {
            expected.Errors.Add(Invalid);
            expected.MaySucceed = ended == null;
        }

        if (ended == true || expected.Errors.Count > 0)
        {
            return;
        }

        string? known = model.Backups.GetValueOrDefault(code.Id);
        if (known != null && model.Codes.TryGetValue(known, out ModelCode? same))
        {
            expected.Code = same;
            expected.IsUnchanged = true;
            return;
        }

        bool? isDeleted = known == null ? false : model.IsDeleted(known);
        if (isDeleted != false)
        {
            expected.Errors.Add("access_code_id_deleted");
            expected.MaySucceed = isDeleted == null;
        }

        if (isDeleted != true && model.Codes.Count >= model.Shape.Capacity)
        {
            expected.Fail("no_space_for_access_code_on_device");
        }

        expected.Code = NewBackup(code, known);
        expected.Apply = shown =>
        {
            model.Codes[shown.Id] = shown;
            model.Backups[code.Id] = shown.Id;
        };
    }

    private ModelCode NewBackup(ModelCode code, string? id) => new(id ?? "")
    {
        Digits = new string('?', ModelShape.ShortestLength),
        IsMade = true,
        Starts = code.Starts,
        Ends = code.Ends,
        Created = model.Time.Utc,
        IsBackup = true,
        IsOneTime = code.IsOneTime,
    };

    private ModelCode? FindInto(Expected expected, Reading says)
    {
        expected.Code = model.Codes.GetValueOrDefault(says.Text("access_code_id")!);
        if (expected.Code == null)
        {
            expected.Errors.Add("access_code_not_found");
        }

        return expected.Code;
    }
}
