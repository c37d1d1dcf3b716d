using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace WebChat.Client.Agents;

/// <summary>The chats that an agent sees. They come as server-sent events; what the agent does goes back by requests.</summary>
internal sealed class AgentDesk(HttpClient http)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly SortedDictionary<int, AgentChat> _chats = [];

    /// <summary>Something that is shown has changed.</summary>
    public event Action? Changed;

    /// <summary>All chats, oldest first.</summary>
    public IReadOnlyCollection<AgentChat> Chats => _chats.Values;

    /// <summary>Whether the host has chats to show. It has none if the backend is somebody else's.</summary>
    public bool HasChats { get; private set; } = true;

    /// <summary>Whether the page hears of changes now.</summary>
    public bool IsConnected { get; private set; }

    public AgentChat? Find(int number) => _chats.GetValueOrDefault(number);

    /// <summary>Listens until it is stopped, and again whenever the connection is lost.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ReadAsync(cancellationToken);
            }
            catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
            {
                HasChats = false;
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                // The pause follows.
            }
            finally
            {
                Show(isConnected: false);
            }

            await Task.Delay(s_pause, cancellationToken);
        }
    }

    /// <summary>Acts in a chat.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> ActAsync(int number, AgentAction action)
    {
        try
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync($"agent/chats/{number}", action, PageJson.Default.AgentAction);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await using Stream stream = await http.GetStreamAsync("agent/chats", cancellationToken);
        _chats.Clear();
        SseParser<AgentChat?> events = SseParser.Create(stream, (_, json) => json.IsEmpty ? null : JsonSerializer.Deserialize(json, PageJson.Default.AgentChat));
        await foreach (SseItem<AgentChat?> item in events.EnumerateAsync(cancellationToken))
        {
            // The first has no chat: it tells that the host listens.
            if (item.Data is { } chat)
            {
                _chats[chat.Number] = chat;
            }

            Show(isConnected: true);
        }
    }

    private void Show(bool isConnected)
    {
        IsConnected = isConnected;
        Changed?.Invoke();
    }
}
