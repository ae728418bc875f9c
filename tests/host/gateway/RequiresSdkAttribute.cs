using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>Needs node and both generations of the official client.</summary>
public sealed class RequiresSdkAttribute : RequiresAttribute
{
    public RequiresSdkAttribute()
        : base("node packages of tests/host/gateway/sdk",
            Programs.Find("node") != null && SdkTests.Generations.All(
                name => Directory.Exists(Path.Combine(SdkTests.Folder, name, "node_modules"))))
    {
    }
}
