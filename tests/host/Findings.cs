namespace Keyway.Tests.Host;

/// <summary>What a rule of the house found.</summary>
internal static class Findings
{
    public static void AssertNone(IEnumerable<string> findings)
    {
        string[] all = [.. findings];
        if (all.Length > 0)
        {
            Assert.Fail("\n" + string.Join('\n', all));
        }
    }
}
