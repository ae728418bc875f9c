using Microsoft.Playwright;

namespace Keyway.Tests.Browser;

/// <summary>A desk, and the console in a browser.</summary>
internal sealed class ConsolePage : IAsyncDisposable
{
    private const int PatienceMs = 15_000;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ConsolePage(DeskUnderTest desk, IPlaywright playwright, IBrowser browser, IPage page)
    {
        Desk = desk;
        _playwright = playwright;
        _browser = browser;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => Note(true, error);
        page.RequestFailed += (_, request) => Note(
            !request.Url.EndsWith("/console/state", StringComparison.Ordinal),
            $"{request.Url}: {request.Failure}");
    }

    public DeskUnderTest Desk { get; }

    public IPage Page { get; }

    /// <summary>What the browser complained about.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts all of it and opens the link; the lock is online.</summary>
    public static async Task<ConsolePage> OpenAsync(
        int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        DeskUnderTest desk = await DeskUnderTest.StartAsync();
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = RequiresChromiumAttribute.Chromium });
        IPage page = await browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
        page.SetDefaultTimeout(PatienceMs);
        var console = new ConsolePage(desk, playwright, browser, page);
        await page.GotoAsync(desk.Link);
        await console.SeesAsync("#pill-broker", "Online");
        return console;
    }

    /// <summary>Waits until an element says something.</summary>
    public Task SeesAsync(string selector, string text) =>
        Assertions.Expect(Page.Locator(selector)).ToContainTextAsync(
            text, new() { Timeout = PatienceMs });

    /// <summary>A field of the form.</summary>
    public ILocator Field(string label) =>
        Page.Locator("#create").GetByLabel(label, new() { Exact = true });

    /// <summary>Fills the form in, sends it, and waits for the lock.</summary>
    public async Task CreateAsync(string name, string code)
    {
        await Field("Name").FillAsync(name);
        await Field("Digits").FillAsync(code);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create" }).ClickAsync();
        await SeesAsync("#created", $"{name} is on the lock: {code}");
    }

    /// <summary>Types at the keypad as with a keyboard.</summary>
    public async Task TypeAsync(string digits)
    {
        await Page.Locator("#keypad").FocusAsync();
        await Page.Keyboard.TypeAsync(digits);
        await Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Keeps a picture as output of the test.</summary>
    public async Task PictureAsync(TestContext test, string name, bool isWhole = true)
    {
        string path = Path.Combine(test.TestRunResultsDirectory!, $"console-{name}.png");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await Page.ScreenshotAsync(new() { Path = path, FullPage = isWhole });
        test.AddResultFile(path);
        test.WriteLine(path);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Desk.DisposeAsync();
    }

    private void Note(bool isComplaint, string? text)
    {
        if (isComplaint)
        {
            lock (Complaints)
            {
                Complaints.Add(text ?? "");
            }
        }
    }
}
