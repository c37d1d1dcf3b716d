using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>What visitors can ask of a gateway below one prefix.</summary>
/// <param name="host">The sessions.</param>
/// <param name="visitors">Who asks.</param>
/// <param name="antiforgery">Whether a page of this site asks.</param>
/// <param name="protocol">What the schema says.</param>
/// <param name="options">The gateway's options.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="instruments">What is measured.</param>
/// <param name="prefix">The path below which the endpoints are.</param>
/// <param name="logger">Receives the log.</param>
internal sealed partial class ChatEndpoints(
    ChatSessionHost host,
    VisitorCookie visitors,
    IAntiforgery antiforgery,
    ChatProtocol protocol,
    ChatGatewayOptions options,
    TimeProvider timeProvider,
    GatewayInstruments instruments,
    string prefix,
    ILogger logger)
{
    private readonly Dictionary<string, ChatCommandDefinition> _commands = protocol.Commands.ToDictionary(command => command.Name, StringComparer.Ordinal);
    private readonly ChatCommandDefinition? _leave = protocol.Commands.FirstOrDefault(command => command.IsLeave);
    private readonly EventFeed _feed = new(protocol.Events, options, timeProvider);

    /// <summary>Whether the visitor has a chat, and the token that every POST needs.</summary>
    public Task DescribeAsync(HttpContext context) => AnswerAsync(context, async () =>
    {
        string path = CookiePath(context);
        Visitor? visitor = visitors.Read(context) is { } key ? new Visitor(key, context, path) : null;
        if (visitor is null)
        {
            visitors.Issue(context, path);
        }

        int? lastIndex = visitor is null ? null : await host.FindAsync(visitor, context.RequestAborted).ConfigureAwait(false);
        AntiforgeryTokenSet tokens = antiforgery.GetAndStoreTokens(context);
        await JsonAnswer.WriteAsync(context, writer =>
        {
            WriteChat(writer, lastIndex);
            writer.WriteStartObject("antiforgery"u8);
            writer.WriteString("header"u8, tokens.HeaderName);
            writer.WriteString("token"u8, tokens.RequestToken);
            writer.WriteEndObject();
        }).ConfigureAwait(false);
    });

    /// <summary>Starts a chat.</summary>
    public Task StartAsync(HttpContext context) => AnswerPostAsync(context, async () =>
    {
        JsonObject body = await JsonBody.ReadObjectAsync(context, options.MaxBodySize).ConfigureAwait(false);
        string path = CookiePath(context);
        var visitor = new Visitor(visitors.Read(context) ?? visitors.Issue(context, path), context, path);
        LiveChat chat = await host.StartAsync(visitor, body, context.RequestAborted).ConfigureAwait(false);
        await AnswerChatAsync(context, chat).ConfigureAwait(false);
    });

    /// <summary>Brings a chat back.</summary>
    public Task RestoreAsync(HttpContext context) => AnswerPostAsync(context, async () =>
    {
        JsonObject body = await JsonBody.ReadObjectAsync(context, options.MaxBodySize).ConfigureAwait(false);
        await AnswerChatAsync(context, await ObtainAsync(context, body).ConfigureAwait(false)).ConfigureAwait(false);
    });

    /// <summary>Carries out a command.</summary>
    public Task ExecuteAsync(HttpContext context) => AnswerPostAsync(context, () =>
        context.GetRouteValue("name") is string name && _commands.TryGetValue(name, out ChatCommandDefinition? command)
            ? ExecuteAsync(context, command)
            : throw new ChatProblemException(ChatProblem.UnknownCommand));

    /// <summary>Ends the chat.</summary>
    public Task LeaveAsync(HttpContext context) => AnswerPostAsync(context, () =>
        _leave is { } command ? ExecuteAsync(context, command) : throw new ChatProblemException(ChatProblem.UnknownCommand));

    /// <summary>Sends events.</summary>
    public Task StreamAsync(HttpContext context) => AnswerAsync(context, async () =>
    {
        LiveChat chat = await ObtainAsync(context, null).ConfigureAwait(false);
        bool hasBegun;
        try
        {
            hasBegun = chat.TryBeginStream(options.MaxStreamsPerVisitor);
        }
        finally
        {
            chat.EndRequest();
        }

        if (!hasBegun)
        {
            throw new ChatProblemException(ChatProblem.TooManyStreams);
        }

        instruments.StreamBegun();
        try
        {
            string? cursor = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } header] ? header : context.Request.Query["cursor"];
            await _feed.SendAsync(context, chat, ChatCursor.Parse(cursor)).ConfigureAwait(false);
        }
        finally
        {
            chat.EndStream();
            instruments.StreamEnded();
        }
    });

    private static void WriteChat(Utf8JsonWriter writer, int? lastIndex)
    {
        writer.WriteBoolean("hasChat"u8, lastIndex is not null);
        writer.WriteNumber("lastIndex"u8, lastIndex ?? 0);
    }

    private static async Task AnswerChatAsync(HttpContext context, LiveChat chat)
    {
        try
        {
            int? lastIndex = chat.IsActive ? chat.Session.LastIndex : null;
            await JsonAnswer.WriteAsync(context, writer => WriteChat(writer, lastIndex)).ConfigureAwait(false);
        }
        finally
        {
            chat.EndRequest();
        }
    }

    private async Task ExecuteAsync(HttpContext context, ChatCommandDefinition command)
    {
        ReadOnlyMemory<byte> body = await JsonBody.ReadAsync(context, options.MaxBodySize).ConfigureAwait(false);
        if (!command.TryRead(body.Span, out _, out ChatValidationResult validation))
        {
            throw new ChatProblemException(ChatProblem.Invalid with { Failures = validation.Failures });
        }

        LiveChat chat = await ObtainForAsync(context, command).ConfigureAwait(false);
        object? result;
        try
        {
            if (!chat.Session.IsActive)
            {
                throw new ChatProblemException(ChatProblem.Ended);
            }

            // Not cancelled with the request: it is on its way, whether or not the visitor waits for the answer.
            result = await chat.Session.ExecuteAsync(command, body, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ChatException exception) when (!command.IsLeave && exception.Recovery != ChatRecovery.Ended && chat.HasEnded)
        {
            // Whatever has become of the command, there is no chat any more to repeat it in.
            throw new ChatProblemException(ChatProblem.Ended);
        }
        finally
        {
            chat.EndRequest();
            if (command.IsLeave && !context.Response.HasStarted && !chat.Session.IsActive)
            {
                visitors.Delete(context, CookiePath(context));
            }
        }

        Log.Executed(logger, command.Name);
        await AnswerResultAsync(context, command, result).ConfigureAwait(false);
    }

    private static async Task AnswerResultAsync(HttpContext context, ChatCommandDefinition command, object? result)
    {
        switch (result)
        {
            case null:
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case ChatFile file:
                await using (file.ConfigureAwait(false))
                {
                    // Whatever its type, a browser must not show it as a page of this site.
                    context.Response.ContentType = file.ContentType;
                    context.Response.ContentLength = file.Length;
                    context.Response.Headers.CacheControl = "no-cache, no-store";
                    context.Response.Headers.XContentTypeOptions = "nosniff";
                    context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
                    await file.Content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
                }

                break;
            default:
                await JsonAnswer.WriteValueAsync(context, writer => command.WriteResult(writer, result)).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>The visitor's chat for a command, with a request begun.</summary>
    private async Task<LiveChat> ObtainForAsync(HttpContext context, ChatCommandDefinition command)
    {
        try
        {
            return await ObtainAsync(context, null).ConfigureAwait(false);
        }
        catch (ChatException) when (command.IsLeave)
        {
            // The visitor is done with it, whether or not the backend can be told.
            string path = CookiePath(context);
            await host.ForgetAsync(new Visitor(visitors.Read(context)!, context, path), CancellationToken.None).ConfigureAwait(false);
            visitors.Delete(context, path);
            throw;
        }
    }

    /// <summary>The visitor's chat, with a request begun.</summary>
    private async Task<LiveChat> ObtainAsync(HttpContext context, JsonObject? body) =>
        visitors.Read(context) is { } key && await host.ObtainAsync(new Visitor(key, context, CookiePath(context)), body, context.RequestAborted).ConfigureAwait(false) is { } chat
            ? chat
            : throw new ChatProblemException(ChatProblem.NoChat);

    private string CookiePath(HttpContext context) => context.Request.PathBase.Add(prefix).Value is { Length: > 0 } path ? path : "/";

    private Task AnswerPostAsync(HttpContext context, Func<Task> answer) => AnswerAsync(context, async () =>
    {
        if (context.Request.HasFormContentType)
        {
            // Antiforgery would look for its token in the form, and read all of it.
            throw new ChatProblemException(ChatProblem.MediaType);
        }

        if (!await antiforgery.IsRequestValidAsync(context).ConfigureAwait(false))
        {
            throw new ChatProblemException(ChatProblem.Antiforgery);
        }

        await answer().ConfigureAwait(false);
    });

    private async Task AnswerAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            if (host.IsStopping)
            {
                throw new ChatProblemException(ChatProblem.Stopping);
            }

            await answer().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception exception) when (exception is ChatProblemException or ChatException && !context.Response.HasStarted)
        {
            ChatProblem problem = exception is ChatException failure ? ChatProblem.Of(failure, protocol.Errors) : ((ChatProblemException)exception).Problem;
            Log.Refused(logger, problem.Status, problem.Reason);
            await problem.WriteAsync(context, options.RetryAfter).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(104, LogLevel.Debug, "A request was refused with status {Status}: {Reason}.")]
        public static partial void Refused(ILogger logger, int status, string reason);

        [LoggerMessage(105, LogLevel.Debug, "The command {Operation} was carried out for a visitor.")]
        public static partial void Executed(ILogger logger, string operation);
    }
}
