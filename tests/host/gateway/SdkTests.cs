using System.Diagnostics;
using Keyway.Boards.Virtual.Host;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Host;

/// <summary>Both generations of the official client, with nothing but endpoint set.</summary>
[TestClass]
public sealed class SdkTests
{
    private const string TakenCode = "8642";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Where their packages are.</summary>
    public static string Folder { get; } =
        Path.Combine(SourceTree.Root, "tests", "host", "gateway", "sdk");

    /// <summary>The two.</summary>
    public static string[] Generations { get; } = ["current", "older"];

    [TestMethod]
    [RequiresSdk]
    [DataRow("current")]
    [DataRow("older")]
    public async Task Client_gets_what_it_asks_for_and_every_answer_is_of_the_schemas(
        string generation)
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();

        // Made past the gateway: only the lock can say that the digits are taken.
        await tested.Lock.SendAsync(tested.Lock.Create(TakenCode));
        GatewayFolder folder = tested.Gateway.Folder;
        var start = new ProcessStartInfo(
            Programs.Find("node")!, [Path.Combine(Folder, generation, "run.js")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in new (string, string)[]
        {
            ("ENDPOINT", tested.Gateway.Url),
            ("API_KEY", tested.ApiKey),
            ("DEVICE_ID", tested.DeviceId),
            ("TAKEN_CODE", TakenCode),
            ("WORKSPACE", folder.WorkspaceId),
            ("SESSION", folder.MakeCredential(CredentialKind.ClientSession, [tested.DeviceId])),
            ("PERSONAL", folder.MakeCredential(CredentialKind.AccessToken, [])),
        })
        {
            start.Environment["KEYWAY_" + name] = value;
        }

        using Process node = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        Task<string> errors = node.StandardError.ReadToEndAsync(patience.Token);
        string output = await node.StandardOutput.ReadToEndAsync(patience.Token);
        await node.WaitForExitAsync(patience.Token);
        Assert.AreEqual(0, node.ExitCode, $"\n{output}{await errors}");
    }
}
