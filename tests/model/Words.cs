namespace Keyway.Tests.Model;

/// <summary>The commands by their topics, as the contract spells them.</summary>
public static class Words
{
    public const string Create = "access_codes/create";
    public const string Update = "access_codes/update";
    public const string Delete = "access_codes/delete";
    public const string Pull = "access_codes/pull_backup_access_code";
    public const string Get = "access_codes/get";
    public const string List = "access_codes/list";
    public const string Unlock = "locks/unlock_door";
    public const string Lock = "locks/lock_door";
    public const string Door = "locks/command";
}
