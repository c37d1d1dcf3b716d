using System.Net;
using ChatGen.Testing.Bayeux;
using ChatGen.Testing.Chat;
using ChatGen.Testing.Connections;
using ChatGen.Testing.Faults;
using ChatGen.Testing.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ChatGen.Testing;

/// <summary>A chat backend inside the process, for tests: CometD over WebSocket and long-polling, REST, and an agent that follows a script.</summary>
/// <remarks>
/// <para>It speaks the wire convention of the built-in schema <c>genesys-gwe-8.5</c> and listens on 127.0.0.1. Thread-safe.</para>
/// <example>
/// <code>
/// await using ChatBackend backend = await ChatBackend.StartAsync();
/// // … start a session at backend.CometDUrl …
/// Assert.Equal("Jane", backend.Sessions[0].Username);
/// await backend.Sessions[0].Agent.SendAsync("One moment, please.");
/// </code>
/// </example>
/// </remarks>
public sealed class ChatBackend : IAsyncDisposable
{
    private static readonly PathString s_cometDPath = new("/cometd");
    private static readonly PathString s_restPath = new("/chat");

    // Kestrel closes idle connections itself; held requests are aborted before, so little is left to wait for.
    private static readonly TimeSpan s_shutdownGrace = TimeSpan.FromSeconds(2);

    // Browsers keep it for as long as they like besides; Chromium for two hours at most.
    private static readonly TimeSpan s_preflightAge = TimeSpan.FromMinutes(10);

    private readonly ChatService _chat;
    private readonly LongPollingEndpoint _longPolling;
    private readonly WebSocketEndpoint _webSockets;
    private readonly RestEndpoint _rest;
    private readonly WebApplication _application;
    private IDisposable? _offline;
    private volatile bool _isStopping;
    private int _disposed;

    private ChatBackend(ChatBackendOptions options)
    {
        FaultRules rules = new(options.TimeProvider);
        Reception reception = new(rules, Requests, options.TimeProvider);
        Passage passage = new();
        OpenConnections connections = new(passage);
        _chat = new ChatService(options.Agent, options.TimeProvider);
        BayeuxServer bayeux = new(options, [new CometDChatService(_chat), new EchoService()], Requests);
        _longPolling = new LongPollingEndpoint(bayeux, options.UseCookies, reception, Requests);
        _webSockets = new WebSocketEndpoint(bayeux, options.AllowWebSockets, reception, Requests);
        _rest = new RestEndpoint(_chat, reception, Requests);
        Faults = new ChatBackendFaults(rules, passage, connections, bayeux, _webSockets, _chat);

        // The empty builder reads no configuration: settings of the tests' own host must not reach this one.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel((KestrelServerOptions kestrel) =>
        {
            // A connection that is silent on purpose must not be given up for its slowness.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.Port, endpoint => endpoint.Use(connections.Guard));
        });
        builder.Services.AddCors();
        _application = builder.Build();
        string[] origins = [.. options.AllowedOrigins];
        _application.UseCors(policy => policy.WithOrigins(origins).AllowAnyMethod().AllowAnyHeader().AllowCredentials().WithExposedHeaders("Retry-After").SetPreflightMaxAge(s_preflightAge));
        _application.UseWebSockets(WebSocketsFor(origins));
        _application.Run(HandleAsync);
    }

    /// <summary>Address of the CometD backend, <c>http://127.0.0.1:port/cometd</c>: what <c>serverUrl</c> is set to.</summary>
    public Uri CometDUrl { get; private set; } = null!;

    /// <summary>Address of the REST backend, <c>http://127.0.0.1:port/chat</c>.</summary>
    public Uri RestUrl { get; private set; } = null!;

    /// <summary>All chat sessions ever started, oldest first; those that are over stay. Each read gives a snapshot.</summary>
    public IReadOnlyList<ChatBackendSession> Sessions => _chat.Sessions;

    /// <summary>What the backend was asked, how often, and over what.</summary>
    public ChatBackendRequests Requests { get; } = new();

    /// <summary>Makes trouble on purpose, for tests of what a program does then.</summary>
    public ChatBackendFaults Faults { get; }

    /// <summary>Starts a backend. It accepts connections when the task is done.</summary>
    /// <param name="options">How it behaves; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ArgumentException">An option has a value outside its range.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<ChatBackend> StartAsync(ChatBackendOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ChatBackendOptions();
        options.ThrowIfInvalid();
        ChatBackend backend = new(options);
        try
        {
            await backend._application.StartAsync(cancellationToken).ConfigureAwait(false);
            Uri root = new(backend._application.Urls.Single());
            backend.CometDUrl = new Uri(root, s_cometDPath);
            backend.RestUrl = new Uri(root, s_restPath);
            return backend;
        }
        catch
        {
            await backend.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for a chat session to be started.</summary>
    /// <param name="position">Position in <see cref="Sessions"/>, from 0.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The session; at once if it has been started already.</returns>
    public Task<ChatBackendSession> WaitForSessionAsync(int position = 0, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return _chat.WaitForSessionAsync(position, cancellationToken);
    }

    /// <summary>Watches all chat sessions, for a program that shows them: first each that was started before, then each that is started or in which anything changes.</summary>
    /// <param name="cancellationToken">Ends the watch, which has no other end.</param>
    /// <returns>Sessions that have changed. Several changes of a session between two reads count as one.</returns>
    public IAsyncEnumerable<ChatBackendSession> WatchAsync(CancellationToken cancellationToken = default) => _chat.WatchAsync(cancellationToken);

    /// <summary>Behaves like a CometD server that was restarted: short for <see cref="ChatBackendFaults.Restart"/> of <see cref="Faults"/>.</summary>
    public void Restart() => Faults.Restart();

    /// <summary>Drops every connection and every request from now on, as if the network were down, until <see cref="GoOnline"/>: short for <see cref="ChatBackendFaults.GoOffline"/> of <see cref="Faults"/>.</summary>
    /// <remarks>Bayeux clients are forgotten when <see cref="ChatBackendOptions.MaxInterval"/> has passed, as ever.</remarks>
    public void GoOffline() => Interlocked.Exchange(ref _offline, Faults.GoOffline())?.Dispose();

    /// <summary>Ends what <see cref="GoOffline"/> began.</summary>
    public void GoOnline() => Interlocked.Exchange(ref _offline, null)?.Dispose();

    /// <summary>Drops every connection and stops listening. Calling it again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _isStopping = true;
        Faults.LiftAll();
        Faults.Restart();
        _chat.StopScripts();
        using (CancellationTokenSource grace = new(s_shutdownGrace))
        {
            await _application.StopAsync(grace.Token).ConfigureAwait(false);
        }

        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static WebSocketOptions WebSocketsFor(string[] origins)
    {
        WebSocketOptions webSockets = new();
        foreach (string origin in origins)
        {
            webSockets.AllowedOrigins.Add(origin);
        }

        return webSockets;
    }

    private Task HandleAsync(HttpContext context)
    {
        if (_isStopping)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        if (context.Request.Path.StartsWithSegments(s_cometDPath))
        {
            return context.WebSockets.IsWebSocketRequest ? _webSockets.HandleAsync(context) : _longPolling.HandleAsync(context);
        }

        if (context.Request.Path.StartsWithSegments(s_restPath, out PathString resource))
        {
            return _rest.HandleAsync(context, resource);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
