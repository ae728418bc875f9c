using Keyway.Boards.Virtual.Host;
using Keyway.Hal;
using Keyway.Tests.Rig;

namespace Keyway.Tests.Host;

/// <summary>Who gets in at a provisioned Mosquitto, who does not, and what the log says.</summary>
[TestClass]
[RequiresMosquitto]
public sealed class SecureBrokerTests
{
    private const string LockId = "d0c0ffee-0000-4000-8000-000000000001";
    private const string OtherId = "d0c0ffee-0000-4000-8000-000000000002";

    private readonly TestAuthority _authority = new();

    public TestContext TestContext { get; set; } = null!;

    [TestCleanup]
    public void Clean() => _authority.Dispose();

    [TestMethod]
    public async Task Lock_with_its_own_certificate_takes_the_gateways_command()
    {
        await using SecureBroker broker = await SecureBroker.StartAsync(_authority);
        using SessionUnderTest gateway = await ConnectAsync(broker.ForGateway, "gateway");
        using SessionUnderTest door = await ConnectAsync(LockAccess(broker), LockId);
        string topic = $"keyway/v1/{LockId}/access_codes/create";
        Assert.IsTrue(door.Session.Subscribe([topic]));
        await door.PublishAsync($"keyway/v1/{LockId}/status", "on", retain: true);

        await gateway.PublishAsync(topic, "command");

        Assert.AreEqual("command", await door.TakeTextAsync());
    }

    [TestMethod]
    public async Task Command_over_TLS_makes_a_code_that_opens()
    {
        await using SecureBroker broker = await SecureBroker.StartAsync(_authority);
        await using LockUnderTest tested = await LockUnderTest.StartAsync(broker.ForGateway,
            deviceId => broker.ForLock(_authority.ForClient(deviceId)));
        LockMessage answer = await tested.SendAsync(tested.Create("2468"));
        Assert.AreEqual("success", answer.Text("status"));
        await tested.EnterAsync("2468", "lock.unlocked");
    }

    [TestMethod]
    public async Task Broker_of_another_authority_is_refused()
    {
        await using SecureBroker broker = await SecureBroker.StartAsync(_authority);
        using var other = new TestAuthority();
        IssuedCertificate own = _authority.ForClient(LockId);
        BrokerAccess access = LockAccess(broker)
            .WithTls(other.RootFile, own.CertificateFile, own.KeyFile);
        StringAssert.Contains(await RefusalAsync(access), "UntrustedRoot");
    }

    [TestMethod]
    public async Task Broker_with_an_expired_certificate_is_refused()
    {
        await using SecureBroker broker =
            await SecureBroker.StartAsync(_authority, _authority.Expired());
        StringAssert.Contains(await RefusalAsync(LockAccess(broker)), "NotTimeValid");
    }

    [TestMethod]
    public async Task Broker_with_the_certificate_of_another_host_is_refused()
    {
        await using SecureBroker broker =
            await SecureBroker.StartAsync(_authority, _authority.ForOtherHost());
        StringAssert.Contains(await RefusalAsync(LockAccess(broker)),
            "the broker's certificate is for another host: CN=broker.example");
    }

    [TestMethod]
    public async Task Broker_that_shows_the_certificate_of_a_lock_is_refused()
    {
        await using SecureBroker broker =
            await SecureBroker.StartAsync(_authority, _authority.ForClient("localhost"));
        StringAssert.Contains(await RefusalAsync(LockAccess(broker)), "broker's certificate");
    }

    [TestMethod]
    public async Task Revoked_lock_is_refused()
    {
        IssuedCertificate revoked = _authority.ForClient(LockId);
        _authority.Revoke(revoked);
        await using SecureBroker broker = await SecureBroker.StartAsync(_authority);
        StringAssert.Contains(
            await RefusalAsync(broker.ForLock(revoked)), "certificate revoked");
        using SessionUnderTest other = await ConnectAsync(
            broker.ForLock(_authority.ForClient(OtherId)), OtherId);
    }

    [TestMethod]
    public async Task Lock_without_a_certificate_is_refused()
    {
        await using SecureBroker broker = await SecureBroker.StartAsync(_authority);
        string reason = await RefusalAsync(broker.ForLock(null));
        StringAssert.Contains(reason, "alert");
        await Eventually.IsTrueAsync(
            () => broker.Log.Contains("peer did not return a certificate"), "broker's log");
    }

    [TestMethod]
    public async Task Wrong_password_is_refused_and_stands_in_no_log()
    {
        await using SecureBroker broker = await SecureBroker.StartAsync(_authority);
        string reason = await RefusalAsync(broker.ForGateway with { Password = "guessed" });
        StringAssert.Contains(reason, "return code 5");
        Assert.DoesNotContain("guessed", reason);
    }

    [TestMethod]
    public async Task Name_that_cannot_be_resolved_is_told()
    {
        string reason = await RefusalAsync(new BrokerAccess("no-such-broker.invalid", 1883)
        {
            AnswerTimeout = TimeSpan.FromSeconds(3),
        });
        Assert.AreNotEqual("", reason);
    }

    [TestMethod]
    public async Task Lock_neither_hears_nor_speaks_on_topics_of_another()
    {
        await using SecureBroker broker = await SecureBroker.StartAsync(_authority);
        using SessionUnderTest gateway = await ConnectAsync(broker.ForGateway, "gateway");
        await gateway.SubscribeAsync("keyway/v1/#");
        using SessionUnderTest door = await ConnectAsync(LockAccess(broker), LockId);
        Assert.IsTrue(door.Session.Subscribe(["keyway/v1/#"]));

        // Denied, all but the last; the broker acknowledges nevertheless.
        await door.PublishAsync($"keyway/v1/{OtherId}/status", "forged");
        await door.PublishAsync($"keyway/v1/{OtherId}/access_codes/create", "forged");
        await door.PublishAsync($"keyway/v1/{LockId}/access_codes/create", "forged");
        await door.PublishAsync($"keyway/v1/{LockId}/events", "mine");
        Assert.AreEqual("mine", await gateway.TakeTextAsync());

        await gateway.PublishAsync($"keyway/v1/{OtherId}/locks/unlock_door", "not for you");
        await gateway.PublishAsync($"keyway/v1/{LockId}/locks/unlock_door", "for you");
        Assert.AreEqual("for you", await door.TakeTextAsync());
    }

    private BrokerAccess LockAccess(SecureBroker broker) =>
        broker.ForLock(_authority.ForClient(LockId));

    private static async Task<SessionUnderTest> ConnectAsync(BrokerAccess access, string clientId)
    {
        var session = new SessionUnderTest(access, clientId);
        await session.ConnectAsync();
        return session;
    }

    /// <summary>Why a connect ended closed.</summary>
    private async Task<string> RefusalAsync(BrokerAccess access)
    {
        using var door = new SessionUnderTest(access, LockId);
        door.BeginConnect();
        await door.BecomesAsync(MqttSessionState.Closed);
        await Eventually.IsTrueAsync(() => door.Failures.Count > 0, "a reason");
        string reason = string.Join(" | ", door.Failures);
        TestContext.WriteLine(reason);
        return reason;
    }
}
