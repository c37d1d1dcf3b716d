using System.Collections.Frozen;
using ChatGen.Bayeux.Protocol;

namespace ChatGen.Bayeux;

/// <summary>A message on its way to the server, as an extension or <see cref="BayeuxClientOptions.PrepareHandshake"/> sees it.</summary>
/// <remarks>Not thread-safe; valid only until the call returns.</remarks>
public sealed class BayeuxOutgoingMessage
{
    private static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        StringComparer.Ordinal,
        "channel", "id", "clientId", "version", "minimumVersion", "supportedConnectionTypes", "connectionType", "subscription", "data", "ext", "advice", "successful", "error");

    private readonly int _maxJsonDepth;

    internal BayeuxOutgoingMessage(OutboundMessage message, int maxJsonDepth)
    {
        _maxJsonDepth = maxJsonDepth;
        Channel = message.Channel;
        Data = message.Data;
    }

    /// <summary>The channel; meta channels included.</summary>
    public string Channel { get; }

    /// <summary>The payload of a publish, one JSON value as UTF-8; empty for other messages.</summary>
    public ReadOnlyMemory<byte> Data { get; private set; }

    internal Dictionary<string, ReadOnlyMemory<byte>>? Fields { get; private set; }

    internal Dictionary<string, ReadOnlyMemory<byte>>? Ext { get; private set; }

    /// <summary>Replaces the payload of a publish.</summary>
    /// <param name="utf8Json">One JSON value; not copied.</param>
    /// <exception cref="ArgumentException">It is not one JSON value.</exception>
    /// <exception cref="InvalidOperationException">The message is no publish.</exception>
    public void SetData(ReadOnlyMemory<byte> utf8Json)
    {
        if (Data.IsEmpty)
        {
            throw new InvalidOperationException($"A message to {Channel} has no payload.");
        }

        ThrowIfNotOneValue(utf8Json.Span);
        Data = utf8Json;
    }

    /// <summary>Adds a member beside those that the protocol reserves (Bayeux rule 12), or replaces what was added before.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="utf8Json">One JSON value; not copied.</param>
    /// <exception cref="ArgumentException">The name is reserved, or the text is not one JSON value.</exception>
    public void SetField(string name, ReadOnlyMemory<byte> utf8Json)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Reserved.Contains(name))
        {
            throw new ArgumentException($"'{name}' is reserved by the protocol.", nameof(name));
        }

        ThrowIfNotOneValue(utf8Json.Span);
        (Fields ??= new(StringComparer.Ordinal))[name] = utf8Json;
    }

    /// <summary>Adds a member of <c>ext</c>, or replaces it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="utf8Json">One JSON value; not copied.</param>
    /// <exception cref="ArgumentException">The text is not one JSON value.</exception>
    public void SetExt(string name, ReadOnlyMemory<byte> utf8Json)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ThrowIfNotOneValue(utf8Json.Span);
        (Ext ??= new(StringComparer.Ordinal))[name] = utf8Json;
    }

    // The message shares a request with others, which broken JSON would break too.
    private void ThrowIfNotOneValue(ReadOnlySpan<byte> utf8Json)
    {
        if (JsonText.ProblemOf(utf8Json, _maxJsonDepth) is { } problem)
        {
            throw new ArgumentException($"The text is not one JSON value: {problem.Message}", nameof(utf8Json), problem);
        }
    }
}
