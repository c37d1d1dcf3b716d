using System.Net.Http.Json;

namespace ChatGen.Interop.Tests.Servers;

/// <summary>A server from npm.</summary>
internal sealed class NodeChatServer : IChatServer
{
    private readonly NodeProcess _process;
    private readonly HttpClient _http = new();

    private NodeChatServer(NodeProcess process) => _process = process;

    public Uri CometDUrl => _process.CometDUrl;

    /// <summary>Starts the CometD project's own server, which does long-polling alone.</summary>
    /// <param name="options">Options such as <c>--timeout=5000</c>.</param>
    public static async Task<IChatServer> StartCometDAsync(params IEnumerable<string> options) =>
        new NodeChatServer(await NodeProcess.StartServerAsync("cometd-server.js", options, Deadline.Token));

    /// <summary>Starts Faye, which does WebSocket and long-polling.</summary>
    /// <param name="options">Options such as <c>--timeout=5000</c>.</param>
    public static async Task<IChatServer> StartFayeAsync(params IEnumerable<string> options) =>
        new NodeChatServer(await NodeProcess.StartServerAsync("faye-server.js", options, Deadline.Token));

    public async Task<ChatServerStats> ReadStatsAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<ChatServerStats>(new Uri(CometDUrl, "/stats"), cancellationToken))!;

    public async Task SufferOutageAsync(string said, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http.PostAsync(new Uri(CometDUrl, $"/outage?say={Uri.EscapeDataString(said)}"), null, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }
}
