using System.Runtime.Versioning;

namespace ChatGen;

/// <summary>Keeps the histories of sessions in the tab's <c>sessionStorage</c> while no page holds them.</summary>
[SupportedOSPlatform("browser")]
internal sealed class SessionStorageChatHistory(string name) : IChatHistoryStorage
{
    public ValueTask<IReadOnlyList<string>> ReadAsync(string sessionId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<string>>(ChatModule.ReadHistory(name, sessionId));

    public ValueTask AppendAsync(string sessionId, IReadOnlyList<string> entries, CancellationToken cancellationToken)
    {
        ChatModule.AppendHistory(name, sessionId, [.. entries]);
        return ValueTask.CompletedTask;
    }

    public ValueTask ClearAsync(string sessionId, CancellationToken cancellationToken)
    {
        ChatModule.ClearHistory(name, sessionId);
        return ValueTask.CompletedTask;
    }
}
