using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Makes the events that the client raises itself: as the schema's own types, by reading JSON as if the backend had sent it.</summary>
/// <remarks>What the schema has no type for, or demands more of than the client can know, yields <see langword="null"/>; the latter is logged.</remarks>
internal sealed partial class LocalEvents(ChatProtocol protocol, ILogger logger)
{
    /// <summary>The event of a role that needs no members: interrupted, continued.</summary>
    public ChatEvent? OfRole(ChatEventRole role) => protocol.Events.Find(role) is { } type ? Make(type, static _ => { }) : null;

    /// <summary>The event of an error.</summary>
    public ChatEvent? OfError(ChatException exception)
    {
        if (protocol.Events.Find(ChatEventRole.Error) is not { } type || protocol.Events.ErrorMember is not { } errorMember)
        {
            return null;
        }

        return Make(type, writer =>
        {
            writer.WriteStartObject(errorMember);
            if (exception.Code.Text is { } text)
            {
                writer.WriteString(protocol.Errors.CodeMember, text);
            }
            else
            {
                writer.WriteNumber(protocol.Errors.CodeMember, exception.Code.Number);
            }

            writer.WriteString(protocol.Errors.DescriptionMember, exception.Message);
            writer.WriteEndObject();
        });
    }

    /// <summary>The event that the session has ended since the visitor has left it.</summary>
    public ChatEvent? OfLeave() => protocol.Events.OnLeave is { } json ? Read(Encoding.UTF8.GetBytes(json), nameof(ChatEventCatalog.OnLeave)) : null;

    /// <summary>The event that the session has ended since the backend does not know it any more.</summary>
    public ChatEvent? OfLoss() => protocol.Events.OnLost is { } json
        ? Read(Encoding.UTF8.GetBytes(json), nameof(ChatEventCatalog.OnLost))
        : OfRole(ChatEventRole.Ended);

    private ChatEvent? Make(ChatEventType type, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(protocol.Events.DiscriminatorMember, type.WireName);
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return Read(buffer.WrittenSpan, type.Name);
    }

    private ChatEvent? Read(ReadOnlySpan<byte> utf8Json, string name)
    {
        try
        {
            return protocol.Events.Read(utf8Json);
        }
        catch (JsonException exception)
        {
            // The fault is the schema's, and those who raise these events have nobody to throw it to.
            Log.Failed(logger, name, exception);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(18, LogLevel.Error, "The event '{EventName}' that the client raises itself breaks the schema; it is left out.")]
        public static partial void Failed(ILogger logger, string eventName, Exception exception);
    }
}
