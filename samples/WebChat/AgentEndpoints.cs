using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using ChatGen.Testing;
using Microsoft.AspNetCore.Http.HttpResults;
using WebChat.Client.Agents;
using WebChat.Client.Conversations;

namespace WebChat;

/// <summary>The agent's side. Nobody signs in, since the sample listens on this machine alone; and pages of other origins cannot post JSON here, since no CORS allows it.</summary>
internal static class AgentEndpoints
{
    public static void MapAgent(this IEndpointRouteBuilder routes, Func<ChatBackend> backend, AgentShift shift)
    {
        routes.MapGet("/agent/chats", (CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(WatchAsync(backend(), shift, cancellationToken)));

        routes.MapPost("/agent/chats/{number:int}", (int number, AgentAction action) => ActAsync(backend(), number, action));
    }

    private static async IAsyncEnumerable<SseItem<AgentChat?>> WatchAsync(ChatBackend backend, AgentShift shift, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        shift.Begin();
        try
        {
            // The answer begins with its first event, and the page wants to know that it is heard.
            yield return new SseItem<AgentChat?>(null);
            await foreach (ChatBackendSession session in backend.WatchAsync(cancellationToken))
            {
                yield return new SseItem<AgentChat?>(Show(session, backend.Sessions.ToList().IndexOf(session)));
            }
        }
        finally
        {
            _ = shift.EndAsync(backend);
        }
    }

    private static async Task<Results<NoContent, NotFound, Conflict>> ActAsync(ChatBackend backend, int number, AgentAction action)
    {
        if (backend.Sessions.ElementAtOrDefault(number) is not { } session)
        {
            return TypedResults.NotFound();
        }

        try
        {
            await (action switch
            {
                { IsEnd: true } => session.Agent.EndAsync(),
                { Message: { Length: > 0 } text } => session.Agent.SendAsync(text, WebAddress.TryParse(text, out _) ? ChatMessageType.Url : ChatMessageType.Text),
                { IsTyping: { } isTyping } => session.Agent.TypeAsync(isTyping),
                _ => session.Agent.ConnectAsync(),
            });
            return TypedResults.NoContent();
        }
        catch (InvalidOperationException)
        {
            // The visitor has ended the chat meanwhile.
            return TypedResults.Conflict();
        }
    }

    private static AgentChat Show(ChatBackendSession session, int number) => new(
        number,
        session.Username,
        (string?)session.UserData["EmailAddress"],
        session.Subject,
        session.IsAgentConnected,
        session.IsEnded,
        session.IsVisitorTyping,
        new JsonArray([.. session.Transcript]));
}
