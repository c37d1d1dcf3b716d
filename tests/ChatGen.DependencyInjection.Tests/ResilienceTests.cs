using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.Chat;

namespace ChatGen.DependencyInjection.Tests;

/// <summary>Which requests are repeated, when, and how long they may take.</summary>
public sealed class ResilienceTests : IAsyncDisposable
{
    private static readonly Uri s_address = new("https://chat.example.com/");

    private readonly ServiceCollection _services = new();
    private ServiceProvider? _provider;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _provider?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("GET", null, 3)]
    [InlineData("HEAD", null, 3)]
    [InlineData("GET", true, 3)]
    [InlineData("GET", false, 1)]
    [InlineData("POST", null, 1)]
    [InlineData("POST", false, 1)]
    [InlineData("POST", true, 3)]
    [InlineData("PUT", null, 1)]
    [InlineData("DELETE", null, 1)]
    [InlineData("PATCH", true, 3)]
    public async Task Only_what_does_no_harm_twice_is_repeated(string method, bool? isIdempotent, int requests)
    {
        var stub = new StubHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway, HttpStatusCode.OK);
        using HttpResponseMessage response = await SendAsync(stub, new QuickTimeProvider(TimeSpan.FromSeconds(30)), method, isIdempotent: isIdempotent);
        Assert.Equal(requests, stub.Requests);
        Assert.Equal(requests == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", 3)]
    [InlineData("POST", 1)]
    public async Task A_connection_that_breaks_is_no_reason_to_send_a_message_again(string method, int requests)
    {
        var stub = new StubHandler((number, _, _) => number < 3 ? throw new HttpRequestException(HttpRequestError.ConnectionError) : Task.FromResult(new HttpResponseMessage()));
        Exception? exception = await Record.ExceptionAsync(() => SendAsync(stub, new QuickTimeProvider(TimeSpan.FromSeconds(30)), method));
        Assert.Equal((requests == 1 ? typeof(HttpRequestException) : null, requests), (exception?.GetType(), stub.Requests));
    }

    [Theory]
    [InlineData(HttpStatusCode.RequestTimeout, true)]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.InternalServerError, true)]
    [InlineData(HttpStatusCode.BadRequest, false)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.Redirect, false)]
    public async Task Only_what_may_pass_is_tried_again(HttpStatusCode status, bool isRepeated)
    {
        var stub = new StubHandler(status, HttpStatusCode.OK);
        using HttpResponseMessage response = await SendAsync(stub, new QuickTimeProvider(TimeSpan.FromSeconds(30)), "GET");
        Assert.Equal(isRepeated ? 2 : 1, stub.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task It_is_tried_again_so_often_and_then_fails_as_it_did(int repetitions)
    {
        var stub = new StubHandler(HttpStatusCode.ServiceUnavailable);
        using HttpResponseMessage response = await SendAsync(stub, new QuickTimeProvider(TimeSpan.FromSeconds(30)), "GET", new ChatResilienceOptions { MaxRetryAttempts = repetitions });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, repetitions + 1), (response.StatusCode, stub.Requests));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_pause_is_what_the_backend_asks_for(bool isDate)
    {
        var time = new QuickTimeProvider(TimeSpan.FromSeconds(30));
        TimeSpan pause = TimeSpan.FromSeconds(7);
        RetryConditionHeaderValue wish = isDate ? new(time.GetUtcNow() + pause) : new(pause);
        var stub = new StubHandler((number, _, _) => Task.FromResult(number == 1
            ? new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = wish } }
            : new HttpResponseMessage()));
        using HttpResponseMessage response = await SendAsync(stub, time, "GET");
        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, stub.Requests));
        Assert.Equal([pause], time.Pauses);
    }

    [Fact]
    public async Task The_pauses_are_those_of_the_options_if_the_backend_asks_for_none()
    {
        var time = new QuickTimeProvider(TimeSpan.FromSeconds(30));
        using HttpResponseMessage response = await SendAsync(new StubHandler(HttpStatusCode.ServiceUnavailable), time, "GET", new ChatResilienceOptions { MaxRetryAttempts = 5, MaxDelay = TimeSpan.FromSeconds(3) });
        Assert.Equal(5, time.Pauses.Count);
        Assert.All(time.Pauses, pause => Assert.InRange(pause, TimeSpan.Zero, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public async Task A_longer_pause_than_the_longest_is_not_waited_for()
    {
        var stub = new StubHandler((_, _, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(31)) } }));
        using HttpResponseMessage response = await SendAsync(stub, new QuickTimeProvider(TimeSpan.FromDays(1)), "GET", new ChatResilienceOptions { AttemptTimeout = TimeSpan.FromDays(1) });
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 1), (response.StatusCode, stub.Requests));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_told_as_HttpClient_tells_it()
    {
        var time = new FakeTimeProvider();
        var stub = new SilentHandler();
        Task<HttpResponseMessage> response = SendAsync(stub, time, "POST");
        await stub.Entered.WaitAsync(Ct);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(response.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        TaskCanceledException exception = await Assert.ThrowsAsync<TaskCanceledException>(() => response);
        Assert.IsType<TimeoutException>(exception.InnerException);
        Assert.Equal(1, stub.Requests);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_long_poll_has_a_time_limit_of_its_own(string method)
    {
        var time = new FakeTimeProvider();
        var stub = new SilentHandler();
        Task<HttpResponseMessage> response = SendAsync(stub, time, method, new ChatResilienceOptions { MaxRetryAttempts = 0 }, isLongPoll: true);
        await stub.Entered.WaitAsync(Ct);
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(response.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<TaskCanceledException>(() => response);
    }

    [Fact]
    public async Task A_long_poll_can_be_without_a_time_limit()
    {
        var time = new FakeTimeProvider();
        var stub = new SilentHandler();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        Task<HttpResponseMessage> response = SendAsync(
            stub, time, "GET", new ChatResilienceOptions { LongPollTimeout = Timeout.InfiniteTimeSpan }, isLongPoll: true, cancellationToken: stop.Token);
        await stub.Entered.WaitAsync(Ct);
        time.Advance(TimeSpan.FromDays(2));
        Assert.False(response.IsCompleted);
        await stop.CancelAsync();
        TaskCanceledException exception = await Assert.ThrowsAsync<TaskCanceledException>(() => response);
        Assert.IsNotType<TimeoutException>(exception.InnerException);
        Assert.Equal(1, stub.Requests);
    }

    [Theory]
    [InlineData(false, "GET", 1)]
    [InlineData(true, "GET", 3)]
    [InlineData(true, "POST", 1)]
    public async Task What_an_application_does_for_all_its_clients_does_not_repeat_a_message(bool isResilient, string method, int requests)
    {
        var stub = new StubHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK);
        _services.AddSingleton<TimeProvider>(new QuickTimeProvider(TimeSpan.FromSeconds(10)));
        ChatClientBuilder<ChatClient> builder = _services.AddChatClient<ChatClient>();
        if (isResilient)
        {
            builder.AddResilience();
        }

        builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => stub);
        _services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        _provider = _services.BuildServiceProvider();
        using HttpClient client = _provider.GetRequiredService<IHttpClientFactory>().CreateClient(builder.HttpClient.Name);

        using var request = new HttpRequestMessage(new HttpMethod(method), s_address);
        using HttpResponseMessage response = await client.SendAsync(request, Ct);

        Assert.Equal(requests, stub.Requests);
        Assert.NotEqual(Timeout.InfiniteTimeSpan, client.Timeout);
    }

    [Fact]
    public void The_clients_own_time_limit_leaves_room_for_all_attempts()
    {
        var options = new ChatResilienceOptions { MaxRetryAttempts = 1, MaxDelay = TimeSpan.FromSeconds(10), AttemptTimeout = TimeSpan.FromSeconds(5), LongPollTimeout = TimeSpan.FromSeconds(60) };
        using HttpClient client = Client(new StubHandler(), TimeProvider.System, options);
        Assert.Equal(TimeSpan.FromSeconds(130), client.Timeout);
        using HttpClient unlimited = Client(new StubHandler(), TimeProvider.System, options with { LongPollTimeout = Timeout.InfiniteTimeSpan });
        Assert.Equal(Timeout.InfiniteTimeSpan, unlimited.Timeout);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        ChatClientBuilder<ChatClient> builder = _services.AddChatClient<ChatClient>();
        ChatResilienceOptions[] wrong =
        [
            new() { MaxRetryAttempts = -1 },
            new() { MaxRetryAttempts = 101 },
            new() { Delay = TimeSpan.Zero },
            new() { Delay = TimeSpan.FromMinutes(1) },
            new() { MaxDelay = TimeSpan.FromDays(2) },
            new() { AttemptTimeout = TimeSpan.Zero },
            new() { AttemptTimeout = Timeout.InfiniteTimeSpan },
            new() { LongPollTimeout = TimeSpan.Zero },
            new() { LongPollTimeout = TimeSpan.FromDays(2) },
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddResilience(options)));
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMessageHandler stub, TimeProvider time, string method, ChatResilienceOptions? options = null, bool? isIdempotent = null, bool isLongPoll = false, CancellationToken? cancellationToken = null)
    {
        HttpClient client = Client(stub, time, options);
        using var request = new HttpRequestMessage(new HttpMethod(method), s_address);
        if (isIdempotent is { } mark)
        {
            request.Options.Set(ChatHttpRequest.Idempotent, mark);
        }

        if (isLongPoll)
        {
            request.Options.Set(ChatHttpRequest.LongPoll, true);
        }

        return await client.SendAsync(request, cancellationToken ?? Ct);
    }

    private HttpClient Client(HttpMessageHandler stub, TimeProvider time, ChatResilienceOptions? options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        ChatClientBuilder<ChatClient> builder = services.AddChatClient<ChatClient>().AddResilience(options);
        builder.HttpClient.ConfigurePrimaryHttpMessageHandler(() => stub);
        _provider = services.BuildServiceProvider();
        return _provider.GetRequiredService<IHttpClientFactory>().CreateClient(builder.HttpClient.Name);
    }

    /// <summary>A backend that never answers.</summary>
    private sealed class SilentHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            _entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
