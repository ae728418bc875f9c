using System.Text;
using Keyway.Firmware;

namespace Keyway.Tests.Host;

/// <summary>Lives of virtual locks in which every kind of payload occurs.</summary>
internal static class ContractScenarios
{
    private const string Update = "access_codes/update";
    private const string Delete = "access_codes/delete";
    private const string Pull = "access_codes/pull_backup_access_code";
    private const string Get = "access_codes/get";
    private const string List = "access_codes/list";
    private const string Unlock = "locks/unlock_door";
    private const string Move = "locks/command";
    private const string Lock = "locks/lock_door";
    private const int Hour = 3600;

    // The clock of the locks says 10:00 at first.
    private const string Now =
        ",'starts_at':'2026-11-24T08:00:00Z','ends_at':'2026-11-25T11:00:00+01:00'";

    private const string Later =
        ",'starts_at':'2026-11-24T14:00:00.5+00:00','ends_at':'2026-11-24t16:00z'";

    private const string Soon =
        ",'issued_at':'2026-11-24T09:59:50Z','expires_at':'2026-11-24T10:00:50Z'";

    /// <summary>Every kind of access code, made, changed, asked for and taken away.</summary>
    public static void Codes(SeenPayloads seen)
    {
        var door = new ContractLock(seen);
        door.Create(1, ",'code':'481516','name':'Zoë \\u6771\\u4eac \\ud83d\\udd11','sync':true");
        door.Create(2, ",'code':'2342'" + Now + ",'use_backup_access_code_pool':true");
        door.Create(3, ",'code':'3333','prefer_native_scheduling':false" + Later);
        door.Create(4, ",'preferred_code_length':7,'attempt_for_offline_device':true");
        door.Create(5, ",'code':'5555','is_one_time_use':true");
        door.Create(6, ",'common_code_key':'staff'");
        door.Create(7, ",'code':'7777','keyway_duress':true"
            + ",'is_external_modification_allowed':true");
        door.Create(8, ",'is_offline_access_code':true,'max_time_rounding':'1d'"
            + ",'starts_at':'2026-11-24T09:00:00Z','ends_at':'2026-11-25T09:00:00Z'");
        door.Create(9, ",'use_offline_access_code':true,'is_one_time_use':true"
            + ",'starts_at':'2026-11-24T09:00:00Z','keyway_offline_index':7");
        door.Create(10, $",'access_code_id':'{ContractLock.Id(1)}','code':'481516'"
            + ",'name':'Zoë \\u6771\\u4eac \\ud83d\\udd11'");
        door.Create(1, ",'code':'481516'");

        door.Send(Update, 20, About(2) + ",'name':'Ben','is_one_time_use':false");
        door.Send(Update, 21, About(2) + ",'code':'2424','allow_external_modification':true");
        door.Send(Update, 22, About(1) + Later);
        door.Send(Update, 23, About(1) + ",'type':'ongoing'");
        foreach (int code in (int[])[1, 2, 3, 4, 5, 6, 7])
        {
            door.Send(Get, 30 + code, About(code));
        }

        door.Send(List, 40, "");
        door.Send(List, 41, ",'limit':1,'page_cursor':'3'");
        door.Send(List, 42, ",'page_cursor':'9999'");
        door.Send(Pull, 50, About(2));
        door.Send(Pull, 51, About(2));
        door.Send(Get, 52, About(2));
        door.Send(Unlock, 60, Soon);
        door.Send(Lock, 61, Soon);
        door.Send(Move, 62, ",'action_type':'UNLOCK_DOOR'" + Soon);
        door.Send(Delete, 70, About(2));
        door.Send(Delete, 71, ",'keyway_offline_label':'one_time','keyway_offline_index':7"
            + ",'starts_at':'2026-11-24T09:00:00Z'");
        door.CutPower();
        door.PowerUp();
        door.Send(Delete, 70, About(2));
    }

    /// <summary>What is entered at the keypad, and the times at which codes come and go.</summary>
    public static void Entries(SeenPayloads seen)
    {
        var door = new ContractLock(seen);
        door.Create(1, ",'code':'1111'");
        door.Create(2, ",'code':'2222'" + Later);
        door.Create(3, ",'code':'3333','prefer_native_scheduling':false" + Later);
        door.Create(4, ",'code':'4444','is_one_time_use':true");
        door.Enter("1111");
        door.Enter("9999");
        door.Enter("2222");
        door.Enter("4444");
        door.Enter("4444");
        door.SetUtc(5 * Hour);
        door.Enter("3333");
        door.SetUtc(7 * Hour);
        door.Enter("2222");
        door.SetUtc(40 * Hour);
    }

    /// <summary>Somebody who has the master code, and somebody who guesses.</summary>
    public static void Guesses(SeenPayloads seen)
    {
        var door = new ContractLock(seen, settings =>
        {
            settings.MasterCode = "87654321";
            settings.DiscoveryPrefix = HomeAssistant.DefaultPrefix;
        });
        door.Enter("87654321");
        door.Enter("5");
        door.Enter("565656");
        door.SetUtc(Hour);
        for (int i = 0; i < 6; i++)
        {
            door.Enter("9999");
        }
    }

    /// <summary>A lock that does not know the time.</summary>
    public static void Timeless(SeenPayloads seen)
    {
        var door = new ContractLock(seen);
        door.Create(1, ",'code':'1111'" + Now);
        door.CutPower();
        door.Clock.ForgetUtc();
        door.PowerUp();
        door.Send(Get, 2, About(1));
        door.Enter("1111");
        door.Create(3, ",'code':'3333'" + Later);
        door.Create(4, ",'code':'4444'");
        door.Send(Unlock, 5, Soon);
        door.Send(Pull, 6, About(1));
        door.Clock.IsUtcConfirmed = false;
        door.SetUtc(Hour);
        door.SetUtc(72 * Hour);
    }

    /// <summary>Commands that the lock's state refuses.</summary>
    public static void Refused(SeenPayloads seen)
    {
        var door = new ContractLock(seen, settings => settings.Capacity = 4);
        door.Create(1, ",'code':'1111','common_code_key':'staff'");
        door.Create(2, ",'code':'1111'");
        door.Create(3, ",'code':'3333','common_code_key':'staff'");
        door.Create(4, $",'code':'4444','access_code_id':'{ContractLock.Id(1)}'");
        door.Create(5, ",'code':'5555','expires_at':'2026-11-24T09:00:00Z'");
        door.Create(6, ",'code':'6666','starts_at':'2026-11-24T08:00:00Z'"
            + ",'ends_at':'2026-11-24T09:00:00Z'");
        door.Send(Update, 7, About(99) + ",'name':'Ben'");
        door.Send(Delete, 8, About(99));
        door.Send(Get, 9, About(99));
        door.Send(Pull, 10, About(1));
        door.Send(Delete, 11, About(1));
        door.Create(12, $",'code':'1111','access_code_id':'{ContractLock.Id(1)}'");
        door.Send(Unlock, 13, ",'issued_at':'2026-11-24T09:59:00Z'"
            + ",'expires_at':'2026-11-24T10:59:00Z'");
        door.Send(Get, 14, About(1) + ",'device_id':'d0c0ffee-0000-4000-8000-000000000001'");
        for (int i = 21; i <= 25; i++)
        {
            door.Create(i, $",'code':'{i}{i}'");
        }

        var weak = new ContractLock(seen, settings => settings.RefusesGuessable = true);
        for (int i = 10; i <= 20; i++)
        {
            weak.Create(i, $",'code':'{i}{i}'");
        }

        var bound = new ContractLock(seen, settings =>
        {
            settings.Constraints.Rules = CodeConstraint.FromExistingSet;
            settings.Constraints.ExistingSet = ["1234"];
        });
        bound.Create(1, "");
        bound.Create(2, "");
    }

    /// <summary>Commands that are wrong as they stand: refused, or an event where no answer is
    /// possible.</summary>
    public static void Wrong(SeenPayloads seen)
    {
        var door = new ContractLock(seen);
        string device = $",'device_id':'{ContractLock.DeviceId}'";
        door.SendUnchecked("access_codes/create", 1, device + ",'code':7");
        door.SendUnchecked(Update, 2, "");
        door.SendUnchecked(Delete, 3, About(1) + About(1));
        door.SendUnchecked(Pull, 4, About(1) + ",'x':[[[[]]]]");
        door.SendUnchecked(Get, 5, ",'access_code_id':'x'");
        door.SendUnchecked(List, 6, ",'limit':-1");
        door.SendUnchecked(Unlock, 7, "");
        door.SendUnchecked(Lock, 8, "");
        foreach (string word in (string[])[Unlock, List, "access_codes/create"])
        {
            door.SendRaw(word, Encoding.UTF8.GetBytes("open"));
            door.SendRaw(word, []);
            door.SendRaw(word, new byte[Limits.PayloadBytes + 1]);
            door.SendRaw(word, Encoding.UTF8.GetBytes(
                $"{{\"action_attempt_id\":\"{ContractLock.Id(9)}\"}}"), true);
        }
    }

    /// <summary>A flash that keeps nothing, and one that is not there.</summary>
    public static void Broken(SeenPayloads seen)
    {
        var worn = new ContractLock(seen);
        worn.Create(2, ",'code':'2222','prefer_native_scheduling':false" + Later);
        worn.Create(3, ",'code':'3333','prefer_native_scheduling':false" + Later);
        worn.SetUtc(3 * Hour);
        worn.Chip.IsWriteProtected = true;
        worn.SetUtc(7 * Hour);
        var late = new ContractLock(seen);
        late.Create(2, ",'code':'2222','prefer_native_scheduling':false" + Later);
        late.Chip.IsWriteProtected = true;
        late.SetUtc(5 * Hour);
        worn.Create(1, ",'code':'1111'");
        worn.Create(1, ",'code':'1111'");
        worn.Enter("1111");
        var other = new ContractLock(seen, settings => settings.FlashJedecId = 0xEF4018);
        other.Enter("1111");
    }

    private static string About(int code) =>
        $",'access_code_id':'{ContractLock.Id(code).ToUpperInvariant()}'";
}
