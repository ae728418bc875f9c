using System.Net;
using System.Net.Http.Json;

namespace Keyway.Tests.Browser;

/// <summary>Who gets into the console; without a browser.</summary>
[TestClass]
public sealed class ConsoleAccessTests
{
    private static readonly string[] Orders = ["keys", "power", "network", "clock", "door"];

    [TestMethod]
    public async Task Link_works_once_and_the_next_one_too()
    {
        await using DeskUnderTest desk = await DeskUnderTest.StartAsync();
        string first = desk.Link;
        using HttpClient one = NewClient();
        Assert.AreEqual(HttpStatusCode.OK, (await one.GetAsync(first)).StatusCode);
        using HttpClient other = NewClient();
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await other.GetAsync(first)).StatusCode);
        Assert.AreNotEqual(first, desk.Link);
        Assert.AreEqual(HttpStatusCode.OK, (await other.GetAsync(desk.Link)).StatusCode);
    }

    [TestMethod]
    public async Task Nothing_is_told_or_done_without_a_session()
    {
        await using DeskUnderTest desk = await DeskUnderTest.StartAsync();
        using HttpClient stranger = NewClient();
        stranger.DefaultRequestHeaders.Add("Origin", desk.Url);
        foreach (string path in (string[])["/", "/?token=", "/?token=0", "/console/state",
            "/console/lock", "/access_codes/list"])
        {
            HttpResponseMessage answer = await stranger.GetAsync(desk.Url + path);
            Assert.AreEqual(HttpStatusCode.Unauthorized, answer.StatusCode, path);
        }

        foreach (string order in Orders)
        {
            HttpResponseMessage answer = await stranger.PostAsJsonAsync(
                $"{desk.Url}/console/{order}", new { keys = "1", on = false, open = true });
            Assert.AreEqual(HttpStatusCode.Unauthorized, answer.StatusCode, order);
        }

        Assert.IsTrue((await desk.Lock.LookAsync()).IsPowered);
    }

    [TestMethod]
    public async Task Session_counts_only_in_requests_of_its_own_page()
    {
        await using DeskUnderTest desk = await DeskUnderTest.StartAsync();
        using HttpClient browser = NewClient();
        HttpResponseMessage page = await browser.GetAsync(desk.Link);
        Assert.AreEqual(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("script-src 'self'",
            page.Headers.GetValues("Content-Security-Policy").Single());

        Assert.AreEqual(HttpStatusCode.Unauthorized, await PowerOffAsync(browser, desk, null));
        Assert.AreEqual(HttpStatusCode.Forbidden,
            await PowerOffAsync(browser, desk, "http://127.0.0.1:1"));
        using var get = new HttpRequestMessage(HttpMethod.Get, desk.Url + "/console/lock");
        get.Headers.Add("Sec-Fetch-Site", "same-site");
        Assert.AreEqual(HttpStatusCode.Unauthorized, (await browser.SendAsync(get)).StatusCode);
        Assert.IsTrue((await desk.Lock.LookAsync()).IsPowered);
        Assert.AreEqual(HttpStatusCode.NoContent, await PowerOffAsync(browser, desk, desk.Url));
        Assert.IsFalse((await desk.Lock.LookAsync()).IsPowered);
    }

    [TestMethod]
    [DataRow("keys", """{"keys":"12a"}""")]
    [DataRow("keys", """{"keys":""}""")]
    [DataRow("keys", """{"keys":"123456789012345678901"}""")]
    [DataRow("keys", """{}""")]
    [DataRow("keys", """{"keys":1234}""")]
    [DataRow("keys", "nonsense")]
    [DataRow("keys", "null")]
    [DataRow("clock", """{"seconds":99999999999}""")]
    [DataRow("clock", """{"seconds":-9223372036854775808}""")]
    [DataRow("door", """{"open":"yes"}""")]
    [DataRow("power", "[]")]
    public async Task Bad_orders_are_refused_and_digits_are_not_quoted(string order, string body)
    {
        await using DeskUnderTest desk = await DeskUnderTest.StartAsync();
        using HttpClient browser = NewClient();
        await browser.GetAsync(desk.Link);
        browser.DefaultRequestHeaders.Add("Origin", desk.Url);
        HttpResponseMessage answer = await browser.PostAsync(
            $"{desk.Url}/console/{order}",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.AreEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("1234", await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> PowerOffAsync(
        HttpClient browser, DeskUnderTest desk, string? origin)
    {
        using var order = new HttpRequestMessage(HttpMethod.Post, desk.Url + "/console/power")
        {
            Content = JsonContent.Create(new { on = false }),
        };
        if (origin != null)
        {
            order.Headers.Add("Origin", origin);
        }

        return (await browser.SendAsync(order)).StatusCode;
    }

    private static HttpClient NewClient() =>
        new(new HttpClientHandler { CookieContainer = new CookieContainer() });
}
