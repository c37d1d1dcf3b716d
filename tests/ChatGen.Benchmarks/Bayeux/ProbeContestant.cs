using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ChatGen.Benchmarks.Bayeux;

/// <summary>
/// The least that .NET can do: sends text that was made beforehand over HttpClient or ClientWebSocket and looks for what it waits for. No states, no
/// errors, no deadlines, no ids that anybody checks.
/// </summary>
internal sealed class ProbeContestant(Uri url, bool webSocket) : IContestant
{
    private static readonly string s_text = new('x', 100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = true, CookieContainer = new CookieContainer() }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _ended = new();
    private readonly string _channel = "/echo/" + Guid.NewGuid().ToString("N");
    private byte[] _channelUtf8 = [];
    private byte[] _echoUtf8 = [];
    private bool _wantsEvents;
    private string _clientId = "";
    private byte[] _echo = [];
    private byte[] _connect = [];
    private TaskCompletionSource _awaited = new();
    private int _left;

    public async Task ConnectAsync(bool prepareEcho)
    {
        string type = webSocket ? "websocket" : "long-polling";
        byte[] handshake = Encoding.UTF8.GetBytes($$"""[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["{{type}}"]}]""");
        if (webSocket)
        {
            await _socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws" }.Uri, CancellationToken.None);
            await SendAsync(handshake);
            _clientId = ClientIdOf(await ReceiveAsync(new ArrayBufferWriter<byte>()));
        }
        else
        {
            _clientId = ClientIdOf(await PostAsync(handshake));
        }

        _echoUtf8 = Encoding.UTF8.GetBytes(_channel);
        _echo = Message(_channel, $$"""{"text":"{{s_text}}"}""");
        _connect = Encoding.UTF8.GetBytes($$"""[{"channel":"/meta/connect","id":"c","clientId":"{{_clientId}}","connectionType":"{{type}}"}]""");
        _ = webSocket ? ReadSocketAsync() : PollAsync();
        if (prepareEcho)
        {
            await SubscribeAsync(_channel);
        }
    }

    public async Task EchoAsync()
    {
        TaskCompletionSource echoed = Await(1, _echoUtf8, events: true);
        await SendBatchAsync(_echo);
        await echoed.Task;
    }

    public async Task StreamAsync(int count)
    {
        string channel = "/stream/" + Guid.NewGuid().ToString("N");
        await SubscribeAsync(channel);
        TaskCompletionSource all = Await(count, Encoding.UTF8.GetBytes(channel), events: true);
        await SendBatchAsync(Message(channel + "/start", $$"""{"count":{{count}},"text":"{{s_text}}"}"""));
        await all.Task;
    }

    public async Task<int> PublishAsync(int count, bool batched)
    {
        TaskCompletionSource all = Await(count, "/sink"u8.ToArray(), events: false);
        string one = Encoding.UTF8.GetString(Message("/sink", $$"""{"text":"{{s_text}}"}""")).Trim('[', ']');
        const int PerBatch = 100;
        for (int sent = 0; sent < count; sent += PerBatch)
        {
            await SendBatchAsync(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(one, Math.Min(PerBatch, count - sent)))}]"));
        }

        await all.Task;
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _socket.Dispose();
        _http.Dispose();
        _sending.Dispose();
        _ended.Dispose();
    }

    private static string ClientIdOf(ReadOnlyMemory<byte> response)
    {
        using JsonDocument document = JsonDocument.Parse(response);
        return document.RootElement[0].GetProperty("clientId").GetString()!;
    }

    private TaskCompletionSource Await(int count, byte[] channel, bool events)
    {
        _wantsEvents = events;
        _channelUtf8 = channel;
        _awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, count);
        return _awaited;
    }

    private byte[] Message(string channel, string data) => Encoding.UTF8.GetBytes($$"""[{"channel":"{{channel}}","id":"p","clientId":"{{_clientId}}","data":{{data}}}]""");

    private async Task SubscribeAsync(string channel)
    {
        TaskCompletionSource subscribed = Await(1, "/meta/subscribe"u8.ToArray(), events: false);
        await SendBatchAsync(Encoding.UTF8.GetBytes($$"""[{"channel":"/meta/subscribe","id":"s","clientId":"{{_clientId}}","subscription":"{{channel}}"}]"""));
        await subscribed.Task;
    }

    private async Task SendBatchAsync(byte[] batch)
    {
        if (webSocket)
        {
            await SendAsync(batch);
        }
        else
        {
            Read(await PostAsync(batch));
        }
    }

    private async Task PollAsync()
    {
        try
        {
            while (!_ended.IsCancellationRequested)
            {
                Read(await PostAsync(_connect));
            }
        }
        catch (Exception exception) when (_ended.IsCancellationRequested && exception is OperationCanceledException or ObjectDisposedException)
        {
            // The end.
        }
    }

    private async Task ReadSocketAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        try
        {
            await SendAsync(_connect);
            while (!_ended.IsCancellationRequested)
            {
                ReadOnlyMemory<byte> frame = await ReceiveAsync(buffer);
                if (Read(frame))
                {
                    await SendAsync(_connect);
                }

                buffer.ResetWrittenCount();
            }
        }
        catch (Exception exception) when (_ended.IsCancellationRequested && exception is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The end.
        }
    }

    /// <summary>Counts what is waited for; true if a connect was answered.</summary>
    private bool Read(ReadOnlyMemory<byte> response)
    {
        var reader = new Utf8JsonReader(response.Span);
        bool connectAnswered = false;
        bool matches = false;
        bool hasData = false;
        int found = 0;
        reader.Read();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2)
            {
                if (reader.ValueTextEquals("channel"u8))
                {
                    reader.Read();
                    connectAnswered |= reader.ValueTextEquals("/meta/connect"u8);
                    matches = reader.ValueTextEquals(_channelUtf8);
                }
                else
                {
                    hasData |= reader.ValueTextEquals("data"u8);
                    reader.Skip();
                }
            }
            else if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 1)
            {
                found += matches && hasData == _wantsEvents ? 1 : 0;
                matches = hasData = false;
            }
        }

        if (found > 0 && Interlocked.Add(ref _left, -found) <= 0)
        {
            _awaited.TrySetResult();
        }

        return connectAnswered;
    }

    private async Task<ReadOnlyMemory<byte>> PostAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        using HttpResponseMessage response = await _http.PostAsync(url, content, _ended.Token);
        return await response.Content.ReadAsByteArrayAsync(_ended.Token);
    }

    private async Task SendAsync(byte[] text)
    {
        await _sending.WaitAsync(_ended.Token);
        await _socket.SendAsync(text, WebSocketMessageType.Text, true, _ended.Token);
        _sending.Release();
    }

    private async Task<ReadOnlyMemory<byte>> ReceiveAsync(ArrayBufferWriter<byte> buffer)
    {
        while (true)
        {
            ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(buffer.GetMemory(1024), _ended.Token);
            buffer.Advance(result.Count);
            if (result.EndOfMessage)
            {
                return buffer.WrittenMemory;
            }
        }
    }
}
