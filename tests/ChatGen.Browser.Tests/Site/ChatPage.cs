using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ChatGen.Browser.Tests.Site;

/// <summary>The visitor's page, by what a visitor meets on it: roles and names.</summary>
internal sealed class ChatPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator NameField => tab.GetByRole(AriaRole.Textbox, new() { Name = "Name" });

    public ILocator EmailField => tab.GetByRole(AriaRole.Textbox, new() { Name = "Email" });

    public ILocator SubjectField => tab.GetByRole(AriaRole.Textbox, new() { Name = "Subject" });

    public ILocator StartButton => tab.GetByRole(AriaRole.Button, new() { Name = "Start chat" });

    public ILocator Conversation => tab.GetByRole(AriaRole.Log, new() { Name = "Conversation" });

    public ILocator Messages => tab.GetByTestId("message");

    public ILocator MessageBox => tab.GetByRole(AriaRole.Textbox, new() { Name = "Message" });

    public ILocator SendButton => tab.GetByRole(AriaRole.Button, new() { Name = "Send" });

    public ILocator EndButton => tab.GetByRole(AriaRole.Button, new() { Name = "End chat" });

    public ILocator NewButton => tab.GetByRole(AriaRole.Button, new() { Name = "New chat" });

    public ILocator Connection => tab.GetByTestId("connection");

    public ILocator Typing => tab.GetByTestId("typing");

    public ILocator Alerts => tab.GetByRole(AriaRole.Alert);

    /// <summary>Goes to the page.</summary>
    public async Task OpenAsync(Uri site, string query = "") => await tab.GotoAsync(new Uri(site, "/" + query).AbsoluteUri);

    /// <summary>Fills in the form and starts a chat.</summary>
    public async Task StartAsync(string name = "Jane", string subject = "A late parcel")
    {
        await NameField.FillAsync(name);
        await EmailField.FillAsync("jane@example.com");
        await SubjectField.FillAsync(subject);
        await StartButton.ClickAsync();
        await Expect(Connection).ToHaveAttributeAsync("data-state", "connected");
    }

    /// <summary>Sends a message.</summary>
    public async Task SayAsync(string text)
    {
        await MessageBox.FillAsync(text);
        await SendButton.ClickAsync();
    }

    /// <summary>Waits for a message.</summary>
    public Task SeesAsync(string text) => Expect(Messages.Filter(new() { HasText = text })).ToHaveCountAsync(1);

    /// <summary>Waits until the connection is in this state.</summary>
    public Task IsAsync(string state) => Expect(Connection).ToHaveAttributeAsync("data-state", state);

    /// <summary>The texts of the conversation's visitors and agents, with who said them and their place in the history.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync()
    {
        var lines = new List<string>();
        foreach (ILocator message in await Messages.AllAsync())
        {
            lines.Add($"{await message.GetAttributeAsync("data-index")} {await message.GetAttributeAsync("data-from")} {await message.InnerTextAsync()}");
        }

        return lines;
    }
}
