using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace ChatGen.Farm.Tests;

/// <summary>
/// A visitor's page: a cookie jar, a stream of events that comes again wherever it can, and messages. Like a load balancer it never sends a request to a node that does not listen; it stays with a node as long as that goes well, or
/// takes another one for each request.
/// </summary>
internal sealed class Visitor(Farm farm, string name, Random random) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(20) };
    private readonly CancellationTokenSource _gone = new();
    private readonly Lock _gate = new();
    private readonly List<SeenMessage> _seen = [];
    private int _node = random.Next(100);
    private string? _token;
    private string? _cursor;

    public string Name => name;

    public bool HasAffinity { get; init; } = true;

    /// <summary>What it has said and was told to have been carried out.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    /// <summary>Answers that should not have been.</summary>
    public ConcurrentQueue<string> Problems { get; } = new();

    /// <summary>How often a request was answered 503.</summary>
    public int Retries { get; private set; }

    /// <summary>Whether a request may break without an answer, since a node is killed or stopped.</summary>
    public bool ExpectsBrokenRequests { get; set; }

    public IReadOnlyList<SeenMessage> Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _seen];
            }
        }
    }

    public FarmNode Node
    {
        get
        {
            FarmNode[] running = [.. farm.Nodes.Where(node => node.IsRunning)];
            return running.Length == 0 ? farm.Nodes[0] : running[(HasAffinity ? _node : _node++) % running.Length];
        }
    }

    /// <summary>Goes to a node from now on.</summary>
    public void MoveTo(FarmNode node) => _node = farm.Nodes.Where(other => other.IsRunning).ToList().IndexOf(node);

    public async Task ArriveAsync()
    {
        using HttpResponseMessage response = await RetryAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(Node.Url, "/chat")));
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        _token = answer.GetProperty("antiforgery").GetProperty("token").GetString();
    }

    public async Task StartChatAsync()
    {
        using HttpResponseMessage response = await RetryAsync(() => Post("/chat/start", new { username = name }));
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()} {farm.Diary()}");
    }

    /// <summary>Says something, again and again until it is known to have been said.</summary>
    public async Task SayAsync(string text)
    {
        DateTime until = DateTime.UtcNow + s_patience;
        while (DateTime.UtcNow < until)
        {
            try
            {
                using HttpResponseMessage response = await RetryAsync(() => Post("/chat/commands/sendMessage", new { message = text }));
                if (!response.IsSuccessStatusCode)
                {
                    Problems.Enqueue($"{text}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }

                Said.Enqueue(text);
                return;
            }
            catch (Exception exception) when (ExpectsBrokenRequests && exception is HttpRequestException or IOException or TaskCanceledException)
            {
                // It may have been said or not: the chat itself knows, and what is said to nobody is said again.
                _node++;
                await Task.Delay(TimeSpan.FromSeconds(1));
                if (farm.SessionOf(this).Messages.Contains(text))
                {
                    Said.Enqueue(text);
                    return;
                }
            }
        }

        Problems.Enqueue($"{text} could not be said.");
    }

    /// <summary>Reads the chat until the visitor is gone.</summary>
    public void Listen() => _ = ListenAsync();

    public async Task SeesAsync(string text)
    {
        DateTime until = DateTime.UtcNow + s_patience;
        while (!Seen.Any(message => message.Text == text))
        {
            Assert.True(DateTime.UtcNow < until, $"{name} has not seen {text}. {farm.Diary()}");
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        _gone.Cancel();
        _client.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_gone.IsCancellationRequested)
        {
            try
            {
                await ReadEventsAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The node is gone, or was stopped.
            }

            try
            {
                await Task.Delay(random.Next(50, 200), _gone.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ReadEventsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Node.Url, "/chat/events"));
        if (_cursor is not null)
        {
            request.Headers.Add("Last-Event-ID", _cursor);
        }

        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _gone.Token);
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            Problems.Enqueue($"events: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(_gone.Token)}");
            return;
        }

        using Stream stream = await response.Content.ReadAsStreamAsync(_gone.Token);
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(_gone.Token))
        {
            _cursor = item.EventId ?? _cursor;
            JsonElement data = JsonElement.Parse(item.Data);
            if (data.TryGetProperty("type", out JsonElement type) && type.GetString() == "MessageReceived")
            {
                lock (_gate)
                {
                    _seen.Add(new SeenMessage(data.GetProperty("index").GetInt32(), data.GetProperty("content").GetProperty("text").GetString()!));
                }
            }
        }
    }

    private HttpRequestMessage Post(string path, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Node.Url, path)) { Content = JsonContent.Create(body) };
        request.Headers.Add("RequestVerificationToken", _token);
        return request;
    }

    /// <summary>Sends a request as often as it is answered 503, or finds nobody that listens.</summary>
    private async Task<HttpResponseMessage> RetryAsync(Func<HttpRequestMessage> make)
    {
        DateTime until = DateTime.UtcNow + s_patience;
        while (true)
        {
            try
            {
                using HttpRequestMessage request = make();
                HttpResponseMessage response = await _client.SendAsync(request, _gone.Token);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || DateTime.UtcNow > until)
                {
                    return response;
                }

                Assert.NotNull(response.Headers.RetryAfter);
                response.Dispose();
            }
            catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError && DateTime.UtcNow < until)
            {
                // Nobody listens: nothing was sent.
            }

            Retries++;
            _node++;
            await Task.Delay(random.Next(100, 300), _gone.Token);
        }
    }
}
