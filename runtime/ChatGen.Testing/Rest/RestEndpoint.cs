using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.Testing.Chat;
using ChatGen.Testing.Faults;
using Microsoft.AspNetCore.Http;

namespace ChatGen.Testing.Rest;

/// <summary>The chat over REST. Schema: <c>x-chat.transports.rest</c>.</summary>
internal sealed class RestEndpoint(ChatService chat, Reception reception, ChatBackendRequests requests)
{
    private const string SessionHeader = "X-Chat-Session";

    private static readonly JsonDocumentOptions s_documentOptions = new() { AllowDuplicateProperties = false };

    public async Task HandleAsync(HttpContext context, PathString resource)
    {
        FaultPlan plan = reception.Receive(ChatBackendTransport.Rest, context.Request.Path, []);
        if (plan.Effect is not FaultEffect.Drop)
        {
            requests.CountRestRequest();
        }

        if (await FaultyResponse.TryAnswerInsteadAsync(context, plan).ConfigureAwait(false))
        {
            return;
        }

        (int status, JsonObject answer) = await ExecuteAsync(context.Request, resource, context.RequestAborted).ConfigureAwait(false);
        using MemoryStream content = new();
        using (Utf8JsonWriter writer = new(content))
        {
            answer.WriteTo(writer);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await FaultyResponse.WriteAsync(context, plan, content.GetBuffer().AsMemory(0, (int)content.Length)).ConfigureAwait(false);
    }

    private async Task<(int Status, JsonObject Answer)> ExecuteAsync(HttpRequest request, PathString resource, CancellationToken cancellationToken)
    {
        try
        {
            string operation = OperationOf(request.Method, resource) ?? throw ChatFault.Unknown($"{request.Method} {resource}");
            JsonObject parameters = HttpMethods.IsGet(request.Method) ? ReadQuery(request.Query) : await ReadBodyAsync(request, cancellationToken).ConfigureAwait(false);
            string? sessionId = request.Headers[SessionHeader].FirstOrDefault();
            ChatAnswer answer = chat.Execute(operation, string.IsNullOrEmpty(sessionId) ? null : sessionId, parameters, SessionHeader, connection: null);
            answer.Then?.Invoke();
            return (StatusCodes.Status200OK, answer.Result);
        }
        catch (ChatFault fault)
        {
            int status = fault.Code == ChatFault.UnknownSession ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
            return (status, new JsonObject { ["error"] = ChatEvents.ErrorOf(fault.Code, fault.Message) });
        }
    }

    private static string? OperationOf(string method, PathString resource) => (method, resource.Value) switch
    {
        ("POST", "/sessions") => "startSession",
        ("GET", "/session/transcript") => "getTranscript",
        ("POST", "/session/messages") => "sendMessage",
        ("POST", "/session/typing") => "sendTyping",
        ("POST", "/session/leave") => "leave",
        _ => null,
    };

    private static JsonObject ReadQuery(IQueryCollection query)
    {
        const string FromIndex = "fromIndex";
        if (query[FromIndex].FirstOrDefault() is not { Length: > 0 } text)
        {
            return [];
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int fromIndex)
            ? new JsonObject { [FromIndex] = fromIndex }
            : new JsonObject { [FromIndex] = text };
    }

    private static async Task<JsonObject> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        if (body.Length == 0)
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(body.GetBuffer().AsSpan(0, (int)body.Length), nodeOptions: null, s_documentOptions) as JsonObject ?? throw ChatFault.NotAnObject();
        }
        catch (JsonException)
        {
            throw ChatFault.NotAnObject();
        }
    }
}
