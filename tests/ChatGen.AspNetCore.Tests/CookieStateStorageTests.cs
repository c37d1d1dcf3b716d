using System.Collections.Immutable;
using ChatGen.AspNetCore.Tests.Chat;
using ChatGen.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.AspNetCore.Tests;

public sealed class CookieStateStorageTests
{
    private static readonly ChatSessionState s_state = new() { SessionId = "very-secret", ServerUrl = new Uri("https://chat.example/cometd"), LastIndex = 7 };

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly IDataProtectionProvider _protection = new EphemeralDataProtectionProvider();

    [Fact]
    public async Task What_one_request_writes_the_next_reads()
    {
        string cookie = await WriteAsync(Storage(60), s_state);
        Assert.Contains("max-age=60", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", cookie, StringComparison.Ordinal);
        ChatSessionState? read = await ReadAsync(Storage(60), cookie);
        Assert.Equal(s_state.SessionId, read?.SessionId);
        Assert.Equal(s_state.LastIndex, read?.LastIndex);
        Assert.Equal(s_state.ServerUrl, read?.ServerUrl);
    }

    [Fact]
    public async Task By_default_it_is_five_seconds_that_the_state_lives()
    {
        string cookie = await WriteAsync(new CookieChatStateStorage(_protection, timeProvider: _clock), s_state);
        Assert.Contains("max-age=5;", cookie, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.NotNull(await ReadAsync(new CookieChatStateStorage(_protection, timeProvider: _clock), cookie));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await ReadAsync(new CookieChatStateStorage(_protection, timeProvider: _clock), cookie));
    }

    [Fact]
    public async Task A_browser_that_keeps_the_cookie_for_longer_gains_nothing()
    {
        string cookie = await WriteAsync(Storage(60), s_state);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(await ReadAsync(Storage(3600), cookie));
    }

    [Fact]
    public async Task Each_response_renews_the_life_while_the_session_lives()
    {
        CookieChatStateStorage storage = Storage(60);
        await WriteAsync(storage, s_state);
        _clock.Advance(TimeSpan.FromSeconds(50));
        string renewed = await RespondAsync(storage, null);
        _clock.Advance(TimeSpan.FromSeconds(50));
        Assert.NotNull(await ReadAsync(Storage(60), renewed));
    }

    [Fact]
    public async Task What_changes_after_the_headers_went_goes_with_the_next_response()
    {
        CookieChatStateStorage storage = Storage(60);
        string first = await WriteAsync(storage, s_state);
        await storage.WriteAsync(s_state with { LastIndex = 8 }, TestContext.Current.CancellationToken);
        Assert.Equal(7, (await ReadAsync(Storage(60), first))?.LastIndex);
        Assert.Equal(8, (await storage.ReadAsync(TestContext.Current.CancellationToken))?.LastIndex);
        Assert.Equal(8, (await ReadAsync(Storage(60), await RespondAsync(storage, first)))?.LastIndex);
    }

    [Fact]
    public async Task Clearing_deletes_the_cookie()
    {
        CookieChatStateStorage storage = Storage(60);
        string cookie = await WriteAsync(storage, s_state);
        await storage.WriteAsync(null, TestContext.Current.CancellationToken);
        Assert.Null(await storage.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Contains("expires=Thu, 01 Jan 1970", await RespondAsync(storage, cookie), StringComparison.Ordinal);
        Assert.Equal("", await RespondAsync(storage, null));
    }

    [Fact]
    public async Task Zero_seconds_keep_nothing()
    {
        Assert.Equal("", await WriteAsync(Storage(0), s_state));
        Assert.Throws<ArgumentOutOfRangeException>(() => Storage(-1));
    }

    [Fact]
    public async Task A_cookie_of_another_purpose_another_key_or_with_a_bit_changed_is_not_read()
    {
        string cookie = await WriteAsync(Storage(60, "Jane"), s_state);
        Assert.NotNull(await ReadAsync(Storage(60, "Jane"), cookie));
        Assert.Null(await ReadAsync(Storage(60, "John"), cookie));
        Assert.Null(await ReadAsync(new CookieChatStateStorage(new EphemeralDataProtectionProvider(), new CookieChatStateOptions { Purpose = "Jane" }, _clock), cookie));
        string value = ValueOf(cookie);
        for (int place = 0; place < value.Length; place += 7)
        {
            Assert.Null(await ReadAsync(Storage(60, "Jane"), ".ChatGen.State=" + value[..place] + (value[place] == 'x' ? 'y' : 'x') + value[(place + 1)..]));
        }

        Assert.Null(await ReadAsync(Storage(60, "Jane"), ".ChatGen.State=" + new string('x', 100_000)));
    }

    [Fact]
    public async Task A_state_that_does_not_fit_a_cookie_is_an_error_and_nothing_silent()
    {
        ChatSessionState large = s_state with { Values = ImmutableDictionary<string, string>.Empty.Add("token", new string('x', 3_000)) };
        CookieChatStateStorage storage = Storage(60);
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(() => storage.WriteAsync(large, TestContext.Current.CancellationToken).AsTask());
        Assert.DoesNotContain("very-secret", exception.Message, StringComparison.Ordinal);
        Assert.Equal("", await RespondAsync(storage, null));
        await storage.WriteAsync(s_state with { Values = ImmutableDictionary<string, string>.Empty.Add("bayeux", new string('x', 2_048)) }, TestContext.Current.CancellationToken);
        Assert.InRange((await RespondAsync(storage, null)).Length, 2_048, 4_096);
    }

    [Fact]
    public async Task It_serves_a_client_without_a_gateway()
    {
        await using ChatBackend backend = await ChatBackend.StartAsync(new ChatBackendOptions { Agent = ScriptedAgent.Silent }, Deadline.Token);
        await using var client = new ChatClient(new ChatClientSettings { Logger = NullLogger.Instance });
        CookieChatStateStorage storage = Storage(60);
        string cookie;
        await using (ChatSession session = await client.StartSessionAsync(
            new StartSessionOptions { ServerUrl = backend.CometDUrl, Queue = StartSessionOptionsQueue.Sales, StateStorage = storage }, Deadline.Token))
        {
            await session.SendMessageAsync("One", cancellationToken: Deadline.Token);
            cookie = await RespondAsync(storage, null);
        }

        CookieChatStateStorage next = Storage(60);
        next.Attach(Request(cookie));
        await using ChatSession? restored = await client.RestoreSessionAsync(new RestoreSessionOptions { StateStorage = next }, Deadline.Token);
        await restored!.SendMessageAsync("Two", cancellationToken: Deadline.Token);
        Assert.Equal(["One", "Two"], backend.Sessions[0].Messages);
    }

    private CookieChatStateStorage Storage(int seconds, string purpose = "") =>
        new(_protection, new CookieChatStateOptions { MaxOfflineDuration = TimeSpan.FromSeconds(seconds), Purpose = purpose }, _clock);

    private static async Task<string> WriteAsync(CookieChatStateStorage storage, ChatSessionState state)
    {
        await storage.WriteAsync(state, TestContext.Current.CancellationToken);
        return await RespondAsync(storage, null);
    }

    private static ValueTask<ChatSessionState?> ReadAsync(CookieChatStateStorage storage, string cookie)
    {
        storage.Attach(Request(cookie));
        return storage.ReadAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Attaches a request, and begins its response.</summary>
    /// <returns>The cookie that it sets; empty if it sets none.</returns>
    private static async Task<string> RespondAsync(CookieChatStateStorage storage, string? cookie)
    {
        DefaultHttpContext context = Request(cookie);
        var response = new StartableResponse();
        context.Features.Set<IHttpResponseFeature>(response);
        storage.Attach(context);
        storage.Attach(context);
        await response.StartAsync();
        return context.Response.Headers.SetCookie.ToString();
    }

    private static DefaultHttpContext Request(string? cookie)
    {
        var context = new DefaultHttpContext();
        if (cookie is not null)
        {
            context.Request.Headers.Cookie = ".ChatGen.State=" + ValueOf(cookie);
        }

        return context;
    }

    private static string ValueOf(string cookie) => cookie.Split('=', 2)[1].Split(';')[0];

    private sealed class StartableResponse : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _callbacks = new();

        public override void OnStarting(Func<object, Task> callback, object state) => _callbacks.Push((callback, state));

        public async Task StartAsync()
        {
            while (_callbacks.TryPop(out (Func<object, Task> Callback, object State) each))
            {
                await each.Callback(each.State);
            }
        }
    }
}
