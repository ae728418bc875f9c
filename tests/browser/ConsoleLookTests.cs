using Microsoft.Playwright;

namespace Keyway.Tests.Browser;

/// <summary>The console's looks: light, dark, narrow, and what a screen reader gets.</summary>
[TestClass]
[RequiresChromium]
public sealed class ConsoleLookTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("light", 1280, ColorScheme.Light)]
    [DataRow("dark", 1280, ColorScheme.Dark)]
    [DataRow("phone", 375, ColorScheme.Light)]
    [DataRow("phone-dark", 320, ColorScheme.Dark)]
    public async Task Nothing_is_wider_than_the_page(string name, int width, ColorScheme scheme)
    {
        await using ConsolePage console = await ConsolePage.OpenAsync(width, 900, scheme);
        await FillAsync(console);
        await console.TypeAsync("246810");
        await console.SeesAsync("#strike", "energized");
        await console.PictureAsync(TestContext, name);
        Assert.IsTrue(await console.Page.EvaluateAsync<bool>(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        Assert.IsEmpty(console.Complaints);
    }

    [TestMethod]
    public async Task Everything_that_can_be_used_has_a_name_and_the_focus()
    {
        await using ConsolePage console = await ConsolePage.OpenAsync();
        await FillAsync(console);
        IPage page = console.Page;
        string[] nameless = await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("button, input, select, [tabindex]")]
              .filter((it) => !(it.getAttribute("aria-label") || it.getAttribute("aria-labelledby")
                || it.textContent.trim() || it.labels?.length))
              .map((it) => it.outerHTML)
            """);
        Assert.IsEmpty(nameless);

        // A link over everything leads to the keypad.
        await page.ReloadAsync();
        await console.SeesAsync("#pill-broker", "Online");
        await page.Keyboard.PressAsync("Tab");
        Assert.AreEqual("To the keypad", await page.EvaluateAsync<string>(
            "document.activeElement.textContent"));
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("246810");
        Assert.AreEqual("••••••", await page.Locator("#typed").TextContentAsync());
        await page.Keyboard.PressAsync("Enter");
        await console.SeesAsync("[role=status]", "The strike is energized");
        await Assertions.Expect(page.Locator("#sectors li").First).ToHaveAttributeAsync(
            "aria-label", new System.Text.RegularExpressions.Regex("Sector 0: .* erased"));
        Assert.IsEmpty(console.Complaints);
    }

    private static async Task FillAsync(ConsolePage console)
    {
        await console.CreateAsync("Ada", "246810");
        IPage page = console.Page;
        (string Name, string Code, int FromHours, int Hours)[] guests =
        [
            ("Cleaner", "5791", -1, 3), ("Guest, room 4", "864213", 4, 5),
            ("Plumber", "1379", 1, 2),
        ];
        foreach ((string name, string code, int fromHours, int hours) in guests)
        {
            DateTime from = DateTime.UtcNow.AddHours(fromHours);
            await console.Field("Valid").SelectOptionAsync("window");
            await console.Field("From").FillAsync(from.ToString("yyyy-MM-ddTHH:mm"));
            await console.Field("Until").FillAsync(
                from.AddHours(hours).ToString("yyyy-MM-ddTHH:mm"));
            await console.CreateAsync(name, code);
        }
    }
}
