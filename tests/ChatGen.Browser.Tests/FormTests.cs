using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatGen.Browser.Tests;

/// <summary>The registration form, whose rules are those of the schema.</summary>
public sealed class FormTests(ChromiumBrowser browser, PublishedSite site)
{
    [Fact]
    public async Task Form_says_at_each_field_what_is_wrong_and_goes_to_the_first()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.EmailField.FillAsync("jane at example");
        await visit.Page.StartButton.ClickAsync();

        await Expect(visit.Page.NameField).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(visit.Page.NameField).ToBeFocusedAsync();
        await Expect(visit.Page.NameField).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("Name"));
        await Expect(visit.Page.EmailField).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("email"));
        Assert.Empty(visit.Backend.Sessions);

        await visit.Page.NameField.FillAsync("Jane");
        await visit.Page.StartButton.ClickAsync();
        await Expect(visit.Page.EmailField).ToBeFocusedAsync();
        await Expect(visit.Page.NameField).Not.ToHaveAttributeAsync("aria-invalid", "true");

        await visit.Page.EmailField.FillAsync("jane@example.com");
        await visit.Page.StartButton.ClickAsync();
        await visit.Page.IsAsync("connected");
        Assert.Single(visit.Backend.Sessions);
    }

    [Fact]
    public async Task Text_that_is_too_long_is_refused_before_anything_is_sent()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.NameField.FillAsync("Jane");
        await visit.Page.SubjectField.FillAsync(new string('x', 121));
        await visit.Page.StartButton.ClickAsync();
        await Expect(visit.Page.SubjectField).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Empty(visit.Backend.Sessions);
    }

    [Fact]
    public async Task Button_that_is_pressed_twice_starts_one_chat()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site);
        await visit.Page.NameField.FillAsync("Jane");
        await visit.Page.StartButton.DblClickAsync();
        await visit.Page.IsAsync("connected");
        Assert.Single(visit.Backend.Sessions);
    }

    [Fact]
    public async Task Chat_is_started_held_and_ended_by_keyboard_alone()
    {
        await using Visit visit = await Visit.BeginAsync(browser, site);
        await visit.Page.OpenAsync(visit.Site);
        await Expect(visit.Page.StartButton).ToBeVisibleAsync();
        await TabToAsync(visit.Page, visit.Page.NameField);
        await visit.Page.Tab.Keyboard.TypeAsync("Jane");
        await visit.Page.Tab.Keyboard.PressAsync("Enter");
        await visit.Page.IsAsync("connected");

        // Whoever has started a chat wants to write.
        await Expect(visit.Page.MessageBox).ToBeFocusedAsync();
        await visit.Page.Tab.Keyboard.TypeAsync("Hello");
        await visit.Page.Tab.Keyboard.PressAsync("Enter");
        await visit.Page.SeesAsync("You said: Hello");
        await Expect(visit.Page.MessageBox).ToHaveValueAsync("");
        await visit.Page.Tab.Keyboard.TypeAsync("two");
        await visit.Page.Tab.Keyboard.PressAsync("Shift+Enter");
        await visit.Page.Tab.Keyboard.TypeAsync("lines");
        await visit.Page.Tab.Keyboard.PressAsync("Enter");
        await visit.Page.SeesAsync("You said: two");
        Assert.Contains("two\\nlines", (await visit.SessionAsync()).Transcript.Select(entry => entry.ToJsonString()).Aggregate("", string.Concat), StringComparison.Ordinal);

        await TabToAsync(visit.Page, visit.Page.EndButton);
        await visit.Page.Tab.Keyboard.PressAsync("Enter");
        await visit.Page.IsAsync("ended");
        await TabToAsync(visit.Page, visit.Page.NewButton);
        await visit.Page.Tab.Keyboard.PressAsync("Space");
        await Expect(visit.Page.StartButton).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(ChatPage page, Microsoft.Playwright.ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (int presses = 0; presses < 20; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Tab.Keyboard.PressAsync("Tab");
        }

        Assert.Fail("It cannot be reached by the tab key.");
    }
}
