using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using ChatGen.Bayeux.Chaos.Servers;

namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>A WebSocket to a <see cref="MutatingServer"/>, without a network.</summary>
internal sealed class MutatingSocket : IDisposable
{
    private readonly WebSocket _socket;
    private readonly Func<byte[], CancellationToken, Task<byte[]>> _answerAsync;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ended = new();

    private MutatingSocket(Stream connection, Func<byte[], CancellationToken, Task<byte[]>> answerAsync)
    {
        _socket = WebSocket.CreateFromStream(connection, new WebSocketCreationOptions { IsServer = true });
        _answerAsync = answerAsync;
    }

    /// <summary>Accepts an upgrade.</summary>
    /// <param name="key">The request's key.</param>
    /// <param name="answerAsync">Answers a frame; cancelled when the socket has ended.</param>
    public static HttpResponseMessage Accept(string key, Func<byte[], CancellationToken, Task<byte[]>> answerAsync)
    {
        (DuplexStream client, DuplexStream server) = DuplexStream.Create();
        _ = new MutatingSocket(server, answerAsync).RunAsync();
        HttpResponseMessage response = new(HttpStatusCode.SwitchingProtocols) { Content = new UpgradeContent(client) };
        response.Headers.Connection.Add("Upgrade");
        response.Headers.Upgrade.Add(new ProductHeaderValue("websocket"));
        response.Headers.Add("Sec-WebSocket-Accept", WebSocketKey.Accept(key));
        return response;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _turn.Dispose();
        _ended.Dispose();
    }

    private async Task RunAsync()
    {
        byte[] buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                int length = 0;
                ValueWebSocketReceiveResult result;
                do
                {
                    result = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += result.Count;
                }
                while (!result.EndOfMessage);

                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                _ = AnswerAsync(buffer[..length]);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException)
        {
            // The client has gone.
        }
        finally
        {
            await _ended.CancelAsync();
            Dispose();
        }
    }

    private async Task AnswerAsync(byte[] frame)
    {
        try
        {
            byte[] answer = await _answerAsync(frame, _ended.Token);
            await _turn.WaitAsync(_ended.Token);
            try
            {
                await _socket.SendAsync(answer, WebSocketMessageType.Text, endOfMessage: true, _ended.Token);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // The client has gone.
        }
    }
}
