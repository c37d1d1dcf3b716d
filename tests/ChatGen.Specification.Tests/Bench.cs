using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Refit;

namespace ChatGen.Specification.Tests;

/// <summary>A backend, and clients that keep their state in one file.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatgen-").FullName;
    private readonly List<ChatClient> _clients = [];
    private readonly List<HttpClient> _httpClients = [];

    private Bench(ChatBackend backend) => Backend = backend;

    public ChatBackend Backend { get; }

    public string StateFile => Path.Combine(_directory, "state.json");

    /// <summary>Options that start a session over the built-in transport.</summary>
    public StartSessionOptions Start => new() { ServerUrl = Backend.CometDUrl };

    public static async Task<Bench> StartAsync(ScriptedAgent? agent = null, bool allowWebSockets = true) => new(
        await ChatBackend.StartAsync(new ChatBackendOptions { Agent = agent ?? ScriptedAgent.Silent, AllowWebSockets = allowWebSockets }, Deadline.Token));

    /// <summary>A client that keeps quiet unless a logger is given; the bench disposes it.</summary>
    public ChatClient Client(TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        var client = new ChatClient(new ChatClientSettings
        {
            StateFilePath = StateFile,
            TimeProvider = timeProvider ?? TimeProvider.System,
            Logger = logger ?? NullLogger.Instance,
        });
        _clients.Add(client);
        return client;
    }

    /// <summary>An HTTP client for the REST interface; the bench disposes it.</summary>
    public HttpClient HttpClient(HttpMessageHandler? handler = null)
    {
        HttpClient httpClient = handler is null ? new HttpClient() : new HttpClient(handler);
        httpClient.BaseAddress = Backend.RestUrl;
        _httpClients.Add(httpClient);
        return httpClient;
    }

    public IChatApi Api(HttpMessageHandler? handler = null) => RestService.ForGenerated<IChatApi>(HttpClient(handler));

    public RestTransport RestTransport(HttpMessageHandler? handler = null) => new(Api(handler));

    /// <summary>Whether anything at all has reached the backend.</summary>
    public bool WasCalled
    {
        get
        {
            ChatBackendRequests requests = Backend.Requests;
            return requests.LongPollingRequests + requests.WebSocketUpgrades + requests.RefusedWebSocketUpgrades + requests.RestRequests > 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChatClient client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (HttpClient httpClient in _httpClients)
        {
            httpClient.Dispose();
        }

        await Backend.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
