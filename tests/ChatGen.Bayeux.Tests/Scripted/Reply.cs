using System.Text.Json.Nodes;

namespace ChatGen.Bayeux.Tests.Scripted;

/// <summary>What the scripted server does about one message.</summary>
internal abstract record Reply
{
    public static readonly Reply Nothing = new Messages([]);

    /// <summary>Breaks the connection before anything is done about the message.</summary>
    public static readonly Reply Abort = new Aborted();

    /// <summary>What a well-behaved server does, or the real one behind this one.</summary>
    public static readonly Reply Usual = new Standard();

    /// <summary>Does the usual, but the connection breaks before the answer arrives.</summary>
    public static readonly Reply Lost = new LostAnswer();

    public static Reply Of(params JsonObject[] messages) => new Messages(messages);

    public static Reply Http(int status, string body = "", string? contentType = "text/plain", params (string Name, string Value)[] headers) =>
        new Raw(status, body, contentType, headers);

    public static Reply After(Task signal, Reply reply) => new Delayed(signal, reply);

    /// <summary>Does what turns out later.</summary>
    public static Reply Later(Task<Reply> reply) => new Deferred(reply);

    /// <summary>Never answers, and keeps the connection.</summary>
    public static Reply Never() => new Delayed(new TaskCompletionSource().Task, Nothing);

    /// <summary>What to do once it has turned out.</summary>
    public async Task<Reply> ResolveAsync(CancellationToken cancellationToken)
    {
        Reply reply = this;
        while (true)
        {
            switch (reply)
            {
                case Delayed delayed:
                    await delayed.Signal.WaitAsync(cancellationToken);
                    reply = delayed.Then;
                    break;
                case Deferred deferred:
                    reply = await deferred.Then.WaitAsync(cancellationToken);
                    break;
                default:
                    return reply;
            }
        }
    }

    public sealed record Messages(JsonObject[] Items) : Reply;

    public sealed record Raw(int Status, string Body, string? ContentType, (string Name, string Value)[] Headers) : Reply;

    public sealed record Aborted : Reply;

    public sealed record Standard : Reply;

    public sealed record LostAnswer : Reply;

    public sealed record Deferred(Task<Reply> Then) : Reply;

    public sealed record Delayed(Task Signal, Reply Then) : Reply;
}
