using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux;

/// <summary>A message from the server, as an extension sees it.</summary>
/// <remarks>Not thread-safe; valid only until the call returns.</remarks>
public sealed class BayeuxIncomingMessage
{
    private readonly BayeuxMessage _message;
    private readonly int _maxJsonDepth;

    internal BayeuxIncomingMessage(in BayeuxMessage message, int maxJsonDepth)
    {
        _message = message;
        _maxJsonDepth = maxJsonDepth;
        Data = message.Data;
    }

    /// <summary>The channel; meta channels included.</summary>
    public string Channel => _message.Channel;

    /// <summary>The id of the request that it answers, if it is a reply and the server gave one.</summary>
    public string? Id => _message.Id;

    /// <summary>Whether the server did what was asked; <see langword="null"/> if the message is no reply.</summary>
    public bool? Successful => _message.Successful;

    /// <summary>The payload, one JSON value as UTF-8; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    /// <summary>A member of <c>ext</c> as UTF-8; empty if there is none of this name.</summary>
    /// <param name="name">Its name.</param>
    public ReadOnlyMemory<byte> GetExt(string name) => JsonText.MemberOf(_message.Ext, name);

    /// <summary>Replaces the payload.</summary>
    /// <param name="utf8Json">One JSON value; not copied.</param>
    /// <exception cref="ArgumentException">It is not one JSON value.</exception>
    /// <exception cref="InvalidOperationException">The message has no payload, so that it is no event.</exception>
    public void SetData(ReadOnlyMemory<byte> utf8Json)
    {
        if (Data.IsEmpty)
        {
            throw new InvalidOperationException($"The message on {Channel} has no payload.");
        }

        if (JsonText.ProblemOf(utf8Json.Span, _maxJsonDepth) is { } problem)
        {
            throw new ArgumentException($"The text is not one JSON value: {problem.Message}", nameof(utf8Json), problem);
        }

        Data = utf8Json;
    }
}
