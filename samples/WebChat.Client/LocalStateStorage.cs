using ChatGen;
using Microsoft.JSInterop;

namespace WebChat.Client;

/// <summary>A storage of the page's own: in localStorage, where the state lives until the chat is over, and all tabs see it.</summary>
internal sealed class LocalStateStorage(IJSRuntime browser) : IChatStateStorage
{
    private const string Key = "webchat.state";

    public async ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken)
    {
        string? json = await browser.InvokeAsync<string?>("localStorage.getItem", cancellationToken, Key);
        return json is null ? null : ChatSessionState.FromJson(json);
    }

    public ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken) => state is null
        ? browser.InvokeVoidAsync("localStorage.removeItem", cancellationToken, Key)
        : browser.InvokeVoidAsync("localStorage.setItem", cancellationToken, Key, state.ToJson());
}
