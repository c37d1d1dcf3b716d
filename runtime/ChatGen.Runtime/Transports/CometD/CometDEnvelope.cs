using System.Text.Json;

namespace ChatGen;

/// <summary>What an object on the chat channel is, as far as the mapping tells.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="RequestId">The request that it answers or is.</param>
/// <param name="Error">The error that an answer carries.</param>
internal readonly record struct CometDEnvelope(CometDAnswerKind Kind, string? RequestId, ChatException? Error)
{
    /// <summary>Reads the members that the mapping and the error catalog name.</summary>
    /// <exception cref="JsonException">The error object is none.</exception>
    public static CometDEnvelope Read(ReadOnlySpan<byte> utf8Json, CometDMapping mapping, ChatProtocol protocol)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = 128 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        string? requestId = null;
        bool isRequest = false;
        ChatException? error = null;
        JsonException? badError = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(mapping.RequestIdMember))
            {
                reader.Read();
                requestId = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals(mapping.OperationMember))
            {
                reader.Read();
                reader.Skip();
                isRequest = true;
            }
            else if (reader.ValueTextEquals(protocol.Errors.Member))
            {
                reader.Read();
                Utf8JsonReader probe = reader;
                reader.Skip();
                try
                {
                    error = ReadError(ref probe, protocol);
                }
                catch (JsonException exception)
                {
                    // Events may have a member of this name that is something else.
                    badError = exception;
                }
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (requestId is null)
        {
            return default;
        }

        if (isRequest && !mapping.Channel.StartsWith("/service/", StringComparison.Ordinal))
        {
            return new CometDEnvelope(CometDAnswerKind.Request, requestId, null);
        }

        return new CometDEnvelope(
            CometDAnswerKind.Answer,
            requestId,
            badError is null ? error : protocol.LibraryError($"The backend's error object is malformed: {badError.Message}", badError));
    }

    private static ChatException? ReadError(ref Utf8JsonReader reader, ChatProtocol protocol)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        ChatJson.ExpectObject(ref reader);
        ChatErrorCode? code = null;
        string? description = null;
        while (ChatJson.ReadMember(ref reader))
        {
            if (reader.ValueTextEquals(protocol.Errors.CodeMember))
            {
                Utf8JsonReader probe = reader;
                probe.Read();
                code = probe.TokenType == JsonTokenType.String
                    ? protocol.Errors.Find(ChatJson.ReadString(ref reader, protocol.Errors.CodeMember))
                    : protocol.Errors.Find(ChatJson.ReadInt32(ref reader, protocol.Errors.CodeMember));
            }
            else if (reader.ValueTextEquals(protocol.Errors.DescriptionMember))
            {
                if (!ChatJson.ReadNull(ref reader))
                {
                    description = ChatJson.ReadString(ref reader, protocol.Errors.DescriptionMember);
                }
            }
            else
            {
                ChatJson.SkipValue(ref reader);
            }
        }

        ChatErrorCode found = code ?? throw ChatJson.Missing(protocol.Errors.CodeMember);
        return new ChatException(found, description ?? found.Info?.Description ?? $"The backend reported error {found}.");
    }
}
