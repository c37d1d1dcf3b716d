using Microsoft.JSInterop;

namespace WebChat.Client;

/// <summary>What the page remembers over a reload besides the chat itself, for this tab alone: what was typed, and whether the message box had the focus.</summary>
internal sealed class PageMemory(IJSRuntime browser)
{
    private const string Draft = "webchat.draft";
    private const string Focus = "webchat.focus";

    public ValueTask<string?> ReadDraftAsync() => browser.InvokeAsync<string?>("sessionStorage.getItem", Draft);

    public async ValueTask<bool> ReadFocusAsync() => await browser.InvokeAsync<string?>("sessionStorage.getItem", Focus) is not null;

    public ValueTask WriteDraftAsync(string text) => WriteAsync(Draft, text.Length > 0 ? text : null);

    public ValueTask WriteFocusAsync(bool isFocused) => WriteAsync(Focus, isFocused ? "message" : null);

    private ValueTask WriteAsync(string key, string? value) => value is null
        ? browser.InvokeVoidAsync("sessionStorage.removeItem", key)
        : browser.InvokeVoidAsync("sessionStorage.setItem", key, value);
}
