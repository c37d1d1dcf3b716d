using System.Collections.Concurrent;
using ChatGen.Backends.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ChatGen.Backends.GenesysGms;

/// <summary>Genesys Mobile Services with Chat API v2 over REST.</summary>
public sealed class GenesysGmsEmulator : ChatBackendEmulator
{
    private const int SecureKeyBytes = 8;

    private readonly GenesysGmsOptions _options;
    private readonly ConcurrentDictionary<GenesysGmsConversation, ITimer> _expiries = new();
    private readonly string _basePath;

    private GenesysGmsEmulator(GenesysGmsOptions options)
        : base(options)
    {
        _options = options;
        _basePath = $"/genesys/2/chat/{options.ServiceName}";
    }

    /// <summary>The address of the chat service, <c>http://127.0.0.1:port/genesys/2/chat/customer-support</c>, to which a chat is requested.</summary>
    public override Uri Address => new(Root, _basePath);

    /// <inheritdoc cref="IChatBackendEmulator.Conversation"/>
    public new GenesysGmsConversation? Conversation => (GenesysGmsConversation?)base.Conversation;

    /// <summary>Whether chats can be begun now; if not, they are refused with error 240.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>Starts an emulator, which accepts connections when the task is done.</summary>
    public static async Task<GenesysGmsEmulator> StartAsync(GenesysGmsOptions? options = null, CancellationToken cancellationToken = default)
    {
        GenesysGmsEmulator emulator = new(options ?? new GenesysGmsOptions());
        await emulator.ListenAsync(cancellationToken);
        return emulator;
    }

    /// <inheritdoc cref="IChatBackendEmulator.WaitForConversationAsync"/>
    public new async Task<GenesysGmsConversation> WaitForConversationAsync(CancellationToken cancellationToken = default) =>
        (GenesysGmsConversation)await base.WaitForConversationAsync(cancellationToken);

    private protected override async Task<EmulatorAnswer> HandleAsync(EmulatorExchange exchange)
    {
        (string? chatId, GmsOperation? operation, string? fileId) = Route(exchange.Path);
        if (!HttpMethods.IsPost(exchange.Method))
        {
            throw GmsRefusals.Plain(405, "the verb is not POST");
        }

        if (exchange.Request.Query.Length > 0)
        {
            throw GmsRefusals.Plain(400, "parameters belong into the content");
        }

        if (_options.ApiKey is not null && exchange.Header("apikey") != _options.ApiKey)
        {
            throw GmsRefusals.Plain(401, "header field 'apikey' is missing or wrong");
        }

        string[] mediaTypes = operation switch
        {
            null => [GmsParameters.FormType, GmsParameters.MultipartType],
            GmsOperation.UploadFile => [GmsParameters.MultipartType],
            _ => [GmsParameters.FormType],
        };
        GmsParameters parameters = await GmsParameters.ReadFormAsync(exchange, mediaTypes);
        lock (Gate)
        {
            return ToAnswer(operation is null ? RequestChat(parameters) : Do(exchange.Request, chatId!, operation.Value, parameters, fileId));
        }
    }

    private protected override EmulatorAnswer Refuse(RefusalException refusal) => GmsErrors.ToAnswer(refusal);

    private protected override void StopConversations()
    {
        foreach (ITimer expiry in _expiries.Values)
        {
            expiry.Dispose();
        }
    }

    private static EmulatorAnswer ToAnswer(GmsReply reply)
    {
        if (reply.File is not { } file)
        {
            return EmulatorAnswer.Respond(200, reply.Fields.ToJsonString()).ThenCall(reply.OnSent);
        }

        ContentDispositionHeaderValue disposition = new("attachment");
        disposition.SetHttpFileName(file.Name);
        return EmulatorAnswer.Respond(200, file.Content, file.ContentType).WithHeader("Content-Disposition", disposition.ToString());
    }

    private (string? ChatId, GmsOperation? Operation, string? FileId) Route(string path)
    {
        if (path == _basePath)
        {
            return default;
        }

        if (!path.StartsWith(_basePath + "/", StringComparison.Ordinal))
        {
            throw GmsRefusals.Plain(404, "there is no such resource");
        }

        return path[(_basePath.Length + 1)..].Split('/') switch
        {
            [{ Length: > 0 } chatId, "send"] => (chatId, GmsOperation.SendMessage, null),
            [{ Length: > 0 } chatId, "refresh"] => (chatId, GmsOperation.Refresh, null),
            [{ Length: > 0 } chatId, "startTyping"] => (chatId, GmsOperation.StartTyping, null),
            [{ Length: > 0 } chatId, "stopTyping"] => (chatId, GmsOperation.StopTyping, null),
            [{ Length: > 0 } chatId, "disconnect"] => (chatId, GmsOperation.Disconnect, null),
            [{ Length: > 0 } chatId, "pushUrl"] => (chatId, GmsOperation.PushUrl, null),
            [{ Length: > 0 } chatId, "updateNickname"] => (chatId, GmsOperation.UpdateNickname, null),
            [{ Length: > 0 } chatId, "customNotice"] => (chatId, GmsOperation.CustomNotice, null),
            [{ Length: > 0 } chatId, "updateData"] => (chatId, GmsOperation.UpdateData, null),
            [{ Length: > 0 } chatId, "readReceipt"] => (chatId, GmsOperation.ReadReceipt, null),
            [{ Length: > 0 } chatId, "file"] => (chatId, GmsOperation.UploadFile, null),
            [{ Length: > 0 } chatId, "file", "limits"] => (chatId, GmsOperation.GetFileLimits, null),
            [{ Length: > 0 } chatId, "file", { Length: > 0 } fileId, "download"] => (chatId, GmsOperation.DownloadFile, fileId),
            [{ Length: > 0 } chatId, "file", { Length: > 0 } fileId, "delete"] => (chatId, GmsOperation.DeleteFile, fileId),
            _ => throw GmsRefusals.Plain(404, "there is no such resource"),
        };
    }

    private GmsReply RequestChat(GmsParameters parameters)
    {
        GmsChatRequest request = GmsChatRequest.Read(parameters);
        if (!IsOpen)
        {
            throw GmsRefusals.Limit(GmsRefusals.ChatNotPossible, "no chat can be started now");
        }

        GenesysGmsConversation conversation = new(Gate, Changes, _options, request.Nickname, SecureKeyBytes);
        request.ApplyTo(conversation);
        _expiries[conversation] = Time.CreateTimer(_ => Expire(conversation), null, _options.DisconnectTimeout, Timeout.InfiniteTimeSpan);
        Add(conversation);
        return conversation.Reply();
    }

    private GmsReply Do(EmulatorRequest request, string chatId, GmsOperation operation, GmsParameters parameters, string? fileId)
    {
        string userId = parameters.Required("userId");
        string secureKey = parameters.Required("secureKey");
        string alias = parameters.Required("alias");
        GenesysGmsConversation conversation = Conversations.OfType<GenesysGmsConversation>().FirstOrDefault(known => known.Id == chatId) ?? throw GmsRefusals.UnknownUser();
        if (conversation.IsVisitorRemoved || userId != conversation.UserId)
        {
            throw GmsRefusals.UnknownUser();
        }

        if (secureKey != conversation.SecureKey)
        {
            // Chat Server removes the party then.
            conversation.RemoveVisitor();
            throw new RefusalException(403, GmsRefusals.SecureKeyWrong, "the secure key is wrong");
        }

        if (!conversation.Accepts(alias))
        {
            throw GmsRefusals.Plain(400, $"alias {alias} is not the newest one");
        }

        _expiries[conversation].Change(_options.DisconnectTimeout, Timeout.InfiniteTimeSpan);
        if (!conversation.IsEnded)
        {
            return conversation.Do(operation, parameters, fileId);
        }

        if (!conversation.ExcusesRequestAfterEnd())
        {
            Complain(request, "the client was told that the chat has ended");
        }

        // A refresh shows what is left of the transcript; all else cannot be done any more.
        return operation is GmsOperation.Refresh ? conversation.Do(operation, parameters) : conversation.ReplyThatItIsOver();
    }

    private void Expire(GenesysGmsConversation conversation)
    {
        lock (Gate)
        {
            if (conversation.IsEnded)
            {
                return;
            }

            conversation.RemoveVisitor();
        }

        Complain($"conversation {conversation.Id}: no request for {_options.DisconnectTimeout.TotalSeconds} s");
    }
}
