using Keyway.Boards.Virtual.Host;

namespace Keyway.Tests.Host;

/// <summary>Needs the broker and its two clients.</summary>
public sealed class RequiresMosquittoAttribute : RequiresAttribute
{
    private static readonly string[] Needed = ["mosquitto", "mosquitto_pub", "mosquitto_sub"];

    public RequiresMosquittoAttribute()
        : base("mosquitto", Needed.All(name => Programs.Find(name) != null))
    {
    }
}
