using System.Text.Json.Nodes;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>What the scripted server does about one message.</summary>
internal abstract record Reply
{
    public static readonly Reply Nothing = new Messages([]);

    public static readonly Reply Abort = new Aborted();

    public static Reply Of(params JsonObject[] messages) => new Messages(messages);

    public static Reply Http(int status, string body = "", string contentType = "text/plain") => new Raw(status, body, contentType);

    public static Reply After(Task signal, Reply reply) => new Delayed(signal, reply);

    public sealed record Messages(JsonObject[] Items) : Reply;

    public sealed record Raw(int Status, string Body, string ContentType) : Reply;

    public sealed record Aborted : Reply;

    public sealed record Delayed(Task Signal, Reply Then) : Reply;
}
