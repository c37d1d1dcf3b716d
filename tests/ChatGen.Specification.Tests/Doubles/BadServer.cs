using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Specification.Tests.Doubles;

/// <summary>An HTTP server that is no chat backend, or a bad one.</summary>
internal sealed class BadServer : IAsyncDisposable
{
    private static readonly TimeSpan s_shutdownGrace = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BadServer(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(async context =>
        {
            _called.TrySetResult();
            using CancellationTokenRegistration registration = _stop.Token.Register(context.Abort);
            await answer(context);
        });
    }

    public Uri Url { get; private set; } = null!;

    /// <summary>Done once the first request is there.</summary>
    public Task Called => _called.Task.InTime();

    public static async Task<BadServer> StartAsync(RequestDelegate answer)
    {
        var server = new BadServer(answer);
        await server._application.StartAsync(Deadline.Token);
        server.Url = new Uri(server._application.Urls.Single());
        return server;
    }

    /// <summary>Answers every request alike.</summary>
    public static RequestDelegate Answering(int status, string contentType, string body) => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body);
    };

    /// <summary>Sends every request to another address, which sends it on in turn.</summary>
    public static RequestDelegate Redirecting { get; } = context =>
    {
        context.Response.Redirect($"/login?from={context.Request.Path}");
        return Task.CompletedTask;
    };

    /// <summary>Hangs up on every request.</summary>
    public static RequestDelegate HangingUp { get; } = context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Promises more than it sends.</summary>
    public static RequestDelegate CuttingOff { get; } = async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("[{\"sessionId\":\"");
        await context.Response.Body.FlushAsync();
    };

    /// <summary>Takes every request and never answers.</summary>
    public static RequestDelegate Silent { get; } = HoldAsync;

    /// <summary>Does Bayeux over long-polling as it should, and answers every chat operation as it is told.</summary>
    /// <param name="answer">Makes the members of the answer, without the request id, from the operation's name.</param>
    public static RequestDelegate Bayeux(Func<string, string> answer)
    {
        return async context =>
        {
            if (!HttpMethods.IsPost(context.Request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            List<string> replies = [];
            foreach (JsonNode? message in JsonNode.Parse(await reader.ReadToEndAsync(context.RequestAborted))!.AsArray())
            {
                string channel = (string)message!["channel"]!;
                replies.Add($$"""{"channel":"{{channel}}","id":"{{message["id"]}}","successful":true,{{MembersOf(channel, message)}} }""");
                if (channel == "/meta/connect" && (int?)message["advice"]?["timeout"] != 0)
                {
                    await HoldAsync(context);
                    return;
                }

                if (message["data"] is { } request)
                {
                    replies.Add($$"""{"channel":"{{channel}}","data":{"requestId":"{{request["requestId"]}}",{{answer((string)request["operation"]!)}} } }""");
                }
            }

            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($"[{string.Join(',', replies)}]");
        };

        static string MembersOf(string channel, JsonNode message) => channel switch
        {
            "/meta/handshake" => "\"version\":\"1.0\",\"clientId\":\"client\",\"supportedConnectionTypes\":[\"long-polling\"]",
            "/meta/subscribe" => $"\"subscription\":\"{message["subscription"]}\"",
            _ => "\"advice\":{\"reconnect\":\"retry\",\"interval\":0,\"timeout\":30000}",
        };
    }

    /// <summary>An address where nobody listens. It stays taken until the socket is disposed.</summary>
    public static Uri RefusedUrl(out Socket socket)
    {
        socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        using (var grace = new CancellationTokenSource(s_shutdownGrace))
        {
            await _application.StopAsync(grace.Token);
        }

        await _application.DisposeAsync();
        _stop.Dispose();
    }

    private static async Task HoldAsync(HttpContext context)
    {
        var aborted = new TaskCompletionSource();
        using CancellationTokenRegistration registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }
}
