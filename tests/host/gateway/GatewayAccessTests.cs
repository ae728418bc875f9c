using System.Text;
using Keyway.Tests.Rig.Gateway;

namespace Keyway.Tests.Host;

/// <summary>Who may call the gateway, and for what.</summary>
[TestClass]
public sealed class GatewayAccessTests
{
    private static readonly HttpMethod Post = HttpMethod.Post;

    [TestMethod]
    public async Task Each_credential_sees_its_own_devices_only()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        GatewayFolder folder = tested.Gateway.Folder;
        string otherSpace = folder.AddWorkspace("other");
        string otherDevice = Guid.NewGuid().ToString();
        string sameSpaceDevice = Guid.NewGuid().ToString();
        folder.AddDevice(otherDevice, "other", null, otherSpace);
        folder.AddDevice(sameSpaceDevice, "same", null);
        string session = folder.MakeCredential(
            CredentialKind.ClientSession, [tested.DeviceId]);
        string personal = folder.MakeCredential(
            CredentialKind.AccessToken, [], folder.WorkspaceId, otherSpace);
        string narrow = folder.MakeCredential(CredentialKind.AccessToken, [], otherSpace);

        void Session(HttpRequestMessage request) =>
            request.Headers.Add("client-session-token", session);
        static Action<HttpRequestMessage> Space(string id) =>
            request => request.Headers.Add("seam-workspace", id);
        async Task<int> GetAsync(
            string device, string? token, Action<HttpRequestMessage>? adjust)
        {
            string path = $"/devices/get?device_id={device}";
            return (await tested.SendAsync(HttpMethod.Get, path, null, token, null, adjust))
                .Status;
        }

        Assert.AreEqual(200, await GetAsync(tested.DeviceId, null, null));
        Assert.AreEqual(200, await GetAsync(sameSpaceDevice, null, null));
        Assert.AreEqual(404, await GetAsync(otherDevice, null, null));
        Assert.AreEqual(200, await GetAsync(tested.DeviceId, session, Session));
        Assert.AreEqual(404, await GetAsync(sameSpaceDevice, session, Session));
        Assert.AreEqual(401, await GetAsync(tested.DeviceId, session, null));
        Assert.AreEqual(
            200, await GetAsync(tested.DeviceId, personal, Space(folder.WorkspaceId)));
        Assert.AreEqual(200, await GetAsync(otherDevice, personal, Space(otherSpace)));
        Assert.AreEqual(404, await GetAsync(tested.DeviceId, personal, Space(otherSpace)));
        Assert.AreEqual(401, await GetAsync(tested.DeviceId, personal, null));
        Assert.AreEqual(401, await GetAsync(tested.DeviceId, narrow, Space(folder.WorkspaceId)));
    }

    [TestMethod]
    public async Task Refusals_come_in_the_api_s_order()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        const string create = "/access_codes/create";

        ApiAnswer answer = await tested.SendAsync(HttpMethod.Get, create, null, token: "");
        Assert.AreEqual((401, "unauthorized", "No Authorization header"),
            (answer.Status, answer.ErrorType, answer.Message));
        answer = await tested.SendAsync(Post, create, "{", token: "seam_1_2");
        Assert.AreEqual((401, "unauthorized"), (answer.Status, answer.ErrorType));
        answer = await tested.SendAsync(HttpMethod.Get, create, null);
        Assert.AreEqual((405, "method_not_allowed"), (answer.Status, answer.ErrorType));
        Assert.AreEqual("POST", answer.Headers["Allow"]);
        answer = await tested.SendAsync(Post, create, "{", adjust: request =>
            request.Content = new StringContent("{", Encoding.UTF8, "text/plain"));
        Assert.AreEqual((400, "invalid_content_type"), (answer.Status, answer.ErrorType));
        answer = await tested.SendAsync(Post, create, "{");
        Assert.AreEqual((400, "invalid_input"), (answer.Status, answer.ErrorType));
        answer = await tested.PostAsync(create, new { device_id = Guid.NewGuid(), code = "12" });
        Assert.AreEqual((400, "invalid_input"), (answer.Status, answer.ErrorType));
        answer = await tested.PostAsync(create, new { device_id = Guid.NewGuid(), code = "1234" });
        Assert.AreEqual((404, "device_not_found"), (answer.Status, answer.ErrorType));
        answer = await tested.GetAsync("/nowhere");
        Assert.AreEqual((404, "not_found"), (answer.Status, answer.ErrorType));
        Assert.IsTrue(Guid.TryParse(answer.Headers["seam-request-id"], out _));
    }

    [TestMethod]
    public async Task Requests_of_other_pages_and_for_other_hosts_are_refused()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();

        ApiAnswer own = await tested.SendAsync(HttpMethod.Get, "/devices/list", null,
            adjust: request => request.Headers.Add("Origin", tested.Gateway.Url));
        ApiAnswer other = await tested.SendAsync(HttpMethod.Get, "/devices/list", null,
            adjust: request => request.Headers.Add("Origin", "http://evil.example"));
        ApiAnswer rebound = await tested.SendAsync(HttpMethod.Get, "/devices/list", null,
            adjust: request => request.Headers.Host = "evil.example");

        Assert.AreEqual((200, 403, 400), (own.Status, other.Status, rebound.Status));
    }

    [TestMethod]
    public async Task Neither_credentials_nor_digits_can_be_read_in_the_database()
    {
        await using GatewayUnderTest tested = await GatewayUnderTest.StartAsync();
        await tested.CreateAsync(new { device_id = tested.DeviceId, code = "730164925813" });

        foreach (string file in Directory.GetFiles(tested.Data, "*", SearchOption.AllDirectories))
        {
            using var open = new FileStream(
                file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(open, Encoding.Latin1);
            string content = await reader.ReadToEndAsync();
            Assert.DoesNotContain("730164925813", content, file);
            Assert.DoesNotContain(tested.ApiKey.Split('_')[2], content, file);
        }
    }
}
