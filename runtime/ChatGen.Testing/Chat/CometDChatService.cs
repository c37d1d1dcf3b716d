using System.Text.Json.Nodes;
using ChatGen.Testing.Bayeux;

namespace ChatGen.Testing.Chat;

/// <summary>The chat over CometD: flat requests, answers and events on one channel. Schema: <c>x-chat.transports.cometd</c>.</summary>
internal sealed class CometDChatService(ChatService chat) : IBayeuxService
{
    public const string OperationMember = "operation";
    public const string RequestIdMember = "requestId";
    public const string SessionIdMember = "sessionId";

    public string Channel => "/service/chat";

    public void OnMessage(BayeuxSession client, JsonNode? id, JsonNode? data)
    {
        BayeuxChatConnection connection = new(client, Channel);
        JsonNode? requestId = (data as JsonObject)?[RequestIdMember];
        try
        {
            JsonObject request = data as JsonObject ?? throw ChatFault.NotAnObject();
            ChatParameters parameters = new(request);
            if (requestId is not JsonValue)
            {
                throw requestId is null ? ChatFault.Missing(RequestIdMember) : ChatFault.Invalid(RequestIdMember, "a string or a number");
            }

            ChatAnswer answer = chat.Execute(
                parameters.RequireString(OperationMember),
                parameters.OptionalString(SessionIdMember),
                request,
                SessionIdMember,
                connection);
            connection.TryDeliver(Answer(requestId, answer.Result));
            answer.Then?.Invoke();
        }
        catch (ChatFault fault)
        {
            connection.TryDeliver(Answer(requestId, new JsonObject { ["error"] = ChatEvents.ErrorOf(fault.Code, fault.Message) }));
        }
    }

    private static JsonObject Answer(JsonNode? requestId, JsonObject result)
    {
        if (requestId is not null)
        {
            result.Insert(0, RequestIdMember, requestId.DeepClone());
        }

        return result;
    }
}
