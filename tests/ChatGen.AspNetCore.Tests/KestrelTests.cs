using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ChatGen.AspNetCore.Tests.Chat;
using ChatGen.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGen.AspNetCore.Tests;

/// <summary>Over sockets, as browsers come.</summary>
public sealed class KestrelTests : IAsyncLifetime
{
    private ChatBackend _backend = null!;
    private Site _site = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        _site = await Site.StartAsync(_backend, onKestrel: true);
        _http = new HttpClient { BaseAddress = _site.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _site.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task A_visitor_chats_and_connections_that_break_leave_no_stream_behind()
    {
        await EnterAsync();
        await PostAsync("/commands/sendMessage", """{"message":"One"}""");
        for (int round = 0; round < 10; round++)
        {
            EventReader events = await ListenAsync();
            Assert.Equal("One", await events.NextMessageAsync());
            Assert.Equal(1, _site.Host.Streams);
            await events.DisposeAsync();
            await Eventually.IsTrueAsync(() => _site.Host.Streams == 0);
        }

        Assert.Equal(1, _site.Host.Count);
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("/leave", "{}"));
        Assert.True(_backend.Sessions[0].IsEnded);
    }

    [Fact]
    public async Task A_body_without_a_length_is_bounded_too()
    {
        await EnterAsync();
        using var content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"message":"{{new string('x', 100_000)}}"}""")));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/commands/sendMessage") { Content = content };
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await _http.SendAsync(request, Deadline.Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(_backend.Sessions[0].Messages);
    }

    [Fact]
    public async Task A_server_that_stops_ends_the_streams_that_are_open()
    {
        await EnterAsync();
        await using EventReader events = await ListenAsync();
        await _site.StopAsync();
        Assert.Empty(await events.RestAsync());
        Assert.False(_backend.Sessions[0].IsEnded);
    }

    [Fact]
    public async Task A_server_that_stops_keeps_no_connections()
    {
        await EnterAsync();
        await _site.Services.GetRequiredService<ChatGateway<ChatClient>>().StoppingAsync(Deadline.Token);
        using HttpResponseMessage response = await _http.GetAsync("/chat", Deadline.Token);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (response.StatusCode, response.Headers.ConnectionClose));
    }

    private async Task EnterAsync()
    {
        JsonElement answer = await _http.GetFromJsonAsync<JsonElement>("/chat", Deadline.Token);
        JsonElement antiforgery = answer.GetProperty("antiforgery");
        _http.DefaultRequestHeaders.Add(antiforgery.GetProperty("header").GetString()!, antiforgery.GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.OK, await PostAsync("/start", """{"queue":"sales"}"""));
    }

    private async Task<HttpStatusCode> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync("/chat" + path, content, Deadline.Token);
        return response.StatusCode;
    }

    private async Task<EventReader> ListenAsync()
    {
        HttpResponseMessage response = await _http.GetAsync("/chat/events", HttpCompletionOption.ResponseHeadersRead, Deadline.Token);
        return new EventReader(response, await response.Content.ReadAsStreamAsync(Deadline.Token));
    }
}
