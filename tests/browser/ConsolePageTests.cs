using Microsoft.Playwright;

namespace Keyway.Tests.Browser;

/// <summary>The console in a real browser, over a virtual lock on real time.</summary>
[TestClass]
[RequiresChromium]
public sealed class ConsolePageTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Code_from_the_form_opens_the_door()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        await console.CreateAsync("Ada", "246810");
        await console.SeesAsync("#codes li b", "Ada");
        await console.SeesAsync("#log", "CREATE_ACCESS_CODE");
        await console.TypeAsync("246810");
        await console.SeesAsync("#strike", "energized");
        await console.SeesAsync("#said", "The strike is energized");
        await console.SeesAsync("#log", "lock.unlocked");
        await console.SeesAsync("#strike", "released");
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Keypad_works_with_the_mouse_too()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        await console.CreateAsync("Grace", "1379");
        foreach (string key in (string[])["1", "3", "7", "9", "Enter"])
        {
            await console.Page.Locator("#keypad").GetByRole(
                AriaRole.Button, new() { Name = key, Exact = true }).ClickAsync();
        }

        await console.SeesAsync("#strike", "energized");
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Digits_in_the_form_do_not_reach_the_keypad()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        await console.Field("Digits").PressSequentiallyAsync("1234");
        Assert.AreEqual("", await console.Page.Locator("#typed").TextContentAsync());
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Lockout_is_shown()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        for (int i = 0; i < 5; i++)
        {
            await console.TypeAsync("9999");
            await Assertions.Expect(console.Page.Locator("#log span", new()
            {
                HasTextString = "lock.access_denied",
            })).ToHaveCountAsync(i + 1, new() { Timeout = 15_000 });
        }

        await console.SeesAsync("#log", "keyway.locked_out");
        await console.SeesAsync("#said", "The keypad is locked for 30 s");
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Code_is_there_after_a_power_cut()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        await console.CreateAsync("Ada", "246810");
        await console.Page.Locator("#power-button").ClickAsync();
        await console.SeesAsync("#pill-power", "No power");
        await console.SeesAsync("#pill-broker", "Not online");
        await console.SeesAsync("#log", "offline");
        await console.Page.Locator("#power-button").ClickAsync();
        await console.SeesAsync("#pill-broker", "Online");
        await console.TypeAsync("246810");
        await console.SeesAsync("#strike", "energized");
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Code_opens_without_a_network_and_a_new_one_waits()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        await console.CreateAsync("Ada", "246810");
        await console.Page.Locator("#network-button").ClickAsync();
        await console.SeesAsync("#pill-broker", "Not online");
        await console.TypeAsync("246810");
        await console.SeesAsync("#strike", "energized");
        await console.Field("Name").FillAsync("Late");
        await console.Field("Digits").FillAsync("5791");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await console.SeesAsync("#created", "has not answered yet");
        await console.Page.Locator("#network-button").ClickAsync();
        await console.SeesAsync("#created", "Late is on the lock: 5791");
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Clock_can_be_stepped_into_a_window()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        IPage page = console.Page;
        DateTime start = DateTime.UtcNow.AddMinutes(30);
        await console.Field("Valid").SelectOptionAsync("window");
        await console.Field("From").FillAsync(start.ToString("yyyy-MM-ddTHH:mm"));
        await console.Field("Until").FillAsync(start.AddHours(2).ToString("yyyy-MM-ddTHH:mm"));
        await console.CreateAsync("Guest", "8642");
        await console.TypeAsync("8642");
        await console.SeesAsync("#said", "Refused");
        await page.GetByRole(AriaRole.Button, new() { Name = "+1 h" }).ClickAsync();
        await console.SeesAsync("#clock-offset", "+1 h");
        await console.SeesAsync("#log", "keyway.clock_set");
        await console.TypeAsync("8642");
        await console.SeesAsync("#strike", "energized");
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Door_that_is_opened_without_a_code_is_forced()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        await console.Page.Locator("#door-button").ClickAsync();
        await console.SeesAsync("#contact", "open");
        await console.SeesAsync("#log", "keyway.door_forced");
        await console.Page.Locator("#door-button").ClickAsync();
        await console.SeesAsync("#contact", "closed");
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Code_can_be_deleted_and_the_flash_map_lives()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        await Assertions.Expect(console.Page.Locator("#sectors li")).ToHaveCountAsync(64);
        await console.CreateAsync("Ada", "246810");
        await Assertions.Expect(console.Page.Locator("#sectors li.live"))
            .Not.ToHaveCountAsync(0);
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Delete Ada" }).ClickAsync();
        await Assertions.Expect(console.Page.Locator("#codes li")).ToHaveCountAsync(0);
        await console.SeesAsync("#log", "DELETE_ACCESS_CODE");
        await console.SeesAsync("#codes-count", "0 of");
        Assert.IsEmpty(console.Complaints);
    }
}
