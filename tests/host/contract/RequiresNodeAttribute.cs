using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>Needs node and the packages of tests/host/contract.</summary>
public sealed class RequiresNodeAttribute : RequiresAttribute
{
    public RequiresNodeAttribute()
        : base("node packages",
            Programs.Find("node") != null && Directory.Exists(ContractCheck.Packages))
    {
    }
}
