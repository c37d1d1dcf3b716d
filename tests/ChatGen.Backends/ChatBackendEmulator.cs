using System.Net;
using ChatGen.Backends.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ChatGen.Backends;

/// <summary>What all emulators do alike: listen, remember, answer as the test wants.</summary>
public abstract class ChatBackendEmulator : IChatBackendEmulator
{
    private static readonly TimeSpan s_shutdownGrace = TimeSpan.FromSeconds(2);

    private readonly List<EmulatorRequest> _requests = [];
    private readonly List<string> _complaints = [];
    private readonly List<EmulatedConversation> _conversations = [];
    private readonly PlannedAnswers _planned = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication _application;
    private int _disposed;

    private protected ChatBackendEmulator(ChatBackendEmulatorOptions options)
    {
        Time = options.TimeProvider;

        // The empty builder reads no configuration: settings of the tests' own host must not reach this one.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel((KestrelServerOptions kestrel) =>
        {
            // A request that is held on purpose must not be given up for its slowness.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(ServeAsync);
    }

    /// <inheritdoc/>
    public abstract Uri Address { get; }

    /// <inheritdoc/>
    public IReadOnlyList<EmulatorRequest> Requests => Read(() => _requests.ToArray());

    /// <inheritdoc/>
    public IReadOnlyList<string> Complaints => Read(() => _complaints.ToArray());

    /// <inheritdoc/>
    public IReadOnlyList<EmulatedConversation> Conversations => Read(() => _conversations.ToArray());

    /// <inheritdoc/>
    public EmulatedConversation? Conversation => Read(() => _conversations.LastOrDefault());

    internal TimeProvider Time { get; }

    /// <summary>Guards all that the emulator and its conversations know.</summary>
    internal Lock Gate { get; } = new();

    internal ChangeSignal Changes { get; } = new();

    /// <summary>Where the emulator listens, without a path.</summary>
    private protected Uri Root { get; private set; } = null!;

    private protected CancellationToken Stopping => _stopping.Token;

    /// <inheritdoc/>
    public async Task<EmulatedConversation> WaitForConversationAsync(CancellationToken cancellationToken = default)
    {
        await Changes.WaitUntilAsync(() => Conversation is not null, cancellationToken);
        return Conversation!;
    }

    /// <inheritdoc/>
    public async Task<EmulatorRequest> WaitForRequestAsync(Func<EmulatorRequest, bool> which, CancellationToken cancellationToken = default)
    {
        EmulatorRequest? found = null;
        await Changes.WaitUntilAsync(() => (found = Requests.FirstOrDefault(which)) is not null, cancellationToken);
        return found!;
    }

    /// <inheritdoc/>
    public void Answer(Func<EmulatorRequest, bool> which, EmulatorAnswer answer, int times = 1)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        _planned.Add(which, answer, times);
    }

    /// <summary>Breaks all connections and stops listening. Calling it again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        StopConversations();
        using (CancellationTokenSource grace = new(s_shutdownGrace))
        {
            await _application.StopAsync(grace.Token);
        }

        await _application.DisposeAsync();
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    internal void Complain(EmulatorRequest request, string what) => Complain($"{request.Method} {request.Path}: {what}");

    internal void Complain(string what)
    {
        lock (Gate)
        {
            _complaints.Add(what);
        }

        Changes.Raise();
    }

    private protected async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.StartAsync(cancellationToken);
            Root = new Uri(_application.Urls.Single());
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Answers a request as the backend does.</summary>
    private protected abstract Task<EmulatorAnswer> HandleAsync(EmulatorExchange exchange);

    /// <summary>Answers a request that is refused.</summary>
    private protected abstract EmulatorAnswer Refuse(RefusalException refusal);

    /// <summary>Stops the timers of conversations.</summary>
    private protected virtual void StopConversations()
    {
    }

    private protected void Add(EmulatedConversation conversation)
    {
        lock (Gate)
        {
            _conversations.Add(conversation);
        }

        Changes.Raise();
    }

    private protected T Read<T>(Func<T> read)
    {
        lock (Gate)
        {
            return read();
        }
    }

    /// <summary>Remembers a frame, and does what the test wants with it.</summary>
    /// <returns>What is remembered; <see langword="null"/> if the connection is to be broken instead of processing the frame.</returns>
    private protected async Task<EmulatorRequest?> AdmitFrameAsync(string path, byte[] frame, CancellationToken cancellationToken)
    {
        EmulatorRequest request = new(EmulatorRequest.FrameMethod, path, "", new Dictionary<string, string>(), frame, Time.GetUtcNow());
        Remember(request);
        EmulatorAnswer? planned = _planned.Take(request);
        if (planned is { Kind: EmulatorAnswerKind.Hold })
        {
            await planned.Released.WaitAsync(cancellationToken);
        }

        return planned is { Kind: EmulatorAnswerKind.Abort } ? null : request;
    }

    private async Task ServeAsync(HttpContext context)
    {
        using CancellationTokenSource aborted = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        try
        {
            EmulatorExchange exchange = new(context, await ReceiveAsync(context, aborted.Token), aborted.Token);
            Remember(exchange.Request);
            EmulatorAnswer answer = await ChooseAsync(exchange);
            exchange.Request.Status = answer.Kind is EmulatorAnswerKind.Abort ? null : answer.Status;
            await SendAsync(context, answer, aborted.Token);
            Changes.Raise();
        }
        catch (Exception exception) when (aborted.IsCancellationRequested || exception is Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            // The client has gone, or the emulator stops: nobody waits for the answer.
            context.Abort();
        }
    }

    private async Task<EmulatorRequest> ReceiveAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        Dictionary<string, string> headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new EmulatorRequest(context.Request.Method, context.Request.Path.Value ?? "", context.Request.QueryString.Value ?? "", headers, body.ToArray(), Time.GetUtcNow());
    }

    private void Remember(EmulatorRequest request)
    {
        lock (Gate)
        {
            _requests.Add(request);
        }

        Changes.Raise();
    }

    private async Task<EmulatorAnswer> ChooseAsync(EmulatorExchange exchange)
    {
        EmulatorAnswer? planned = _planned.Take(exchange.Request);
        if (planned is null)
        {
            return await ProcessAsync(exchange);
        }

        if (planned.Kind is EmulatorAnswerKind.Hold)
        {
            if (planned.IsAfterProcessing)
            {
                EmulatorAnswer proper = await ProcessAsync(exchange);
                await planned.Released.WaitAsync(exchange.Aborted);
                return proper;
            }

            await planned.Released.WaitAsync(exchange.Aborted);
            return await ProcessAsync(exchange);
        }

        if (planned.IsAfterProcessing)
        {
            await ProcessAsync(exchange);
        }
        else
        {
            exchange.Request.IsAnsweredByTest = true;
        }

        return planned;
    }

    private async Task<EmulatorAnswer> ProcessAsync(EmulatorExchange exchange)
    {
        try
        {
            return await HandleAsync(exchange);
        }
        catch (RefusalException refusal)
        {
            if (refusal.IsComplaint)
            {
                Complain(exchange.Request, $"{refusal.Status} {refusal.Code}: {refusal.Message}");
            }

            return Refuse(refusal);
        }
        catch (Exception exception) when (!exchange.Aborted.IsCancellationRequested)
        {
            // A defect of the emulator: the test has to see it and cannot see the server's exceptions.
            Complain(exchange.Request, $"the emulator failed: {exception}");
            return EmulatorAnswer.Respond(StatusCodes.Status500InternalServerError);
        }
    }

    private static async Task SendAsync(HttpContext context, EmulatorAnswer answer, CancellationToken aborted)
    {
        switch (answer.Kind)
        {
            case EmulatorAnswerKind.Abort:
                context.Abort();
                return;
            case EmulatorAnswerKind.Upgrade:
                using (System.Net.WebSockets.WebSocket socket = await context.WebSockets.AcceptWebSocketAsync())
                {
                    await answer.RunSocket!(socket, aborted);
                    if (socket.State is System.Net.WebSockets.WebSocketState.Aborted)
                    {
                        context.Abort();
                    }
                }

                return;
        }

        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        if (answer.Kind is EmulatorAnswerKind.Respond && !HttpMethods.IsHead(context.Request.Method) && answer.Status is not (204 or 304))
        {
            response.ContentLength = answer.Body.Length;
        }

        if (!answer.Body.IsEmpty)
        {
            await response.Body.WriteAsync(answer.Body, aborted);
        }

        if (answer.Kind is EmulatorAnswerKind.Truncate)
        {
            // The server closes the connection after a response that is shorter than it has said.
            return;
        }

        await context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
        if (!aborted.IsCancellationRequested)
        {
            answer.OnSent?.Invoke();
        }
    }
}
