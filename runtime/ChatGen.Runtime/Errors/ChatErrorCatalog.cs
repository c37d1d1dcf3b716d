using System.Collections.Frozen;

namespace ChatGen;

/// <summary>The error codes and ranges of a schema, and how an error object looks on the wire.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ChatErrorCatalog
{
    private readonly FrozenDictionary<ChatErrorCode, ChatErrorCode> _known;

    /// <summary>Makes a catalog.</summary>
    /// <param name="known">The codes that the schema names.</param>
    /// <param name="ranges">The ranges that the schema names.</param>
    public ChatErrorCatalog(IReadOnlyList<ChatErrorCode> known, IReadOnlyList<ChatErrorRange> ranges)
    {
        ArgumentNullException.ThrowIfNull(known);
        Known = known;
        Ranges = ranges;
        _known = known.ToFrozenDictionary(code => code);
    }

    /// <summary>The codes that the schema names, in its order.</summary>
    public IReadOnlyList<ChatErrorCode> Known { get; }

    /// <summary>The ranges that the schema names, in its order.</summary>
    public IReadOnlyList<ChatErrorRange> Ranges { get; }

    /// <summary>Member of an answer that holds the error object.</summary>
    public required string Member { get; init; }

    /// <summary>Member of the error object that holds the code.</summary>
    public required string CodeMember { get; init; }

    /// <summary>Member of the error object that holds the description.</summary>
    public required string DescriptionMember { get; init; }

    /// <summary>Code of the errors that the client makes when it cannot reach the backend or loses it.</summary>
    public required ChatErrorCode Connection { get; init; }

    /// <summary>Code of all other errors that the client makes.</summary>
    public required ChatErrorCode Library { get; init; }

    /// <summary>The code with this value, with what the schema says of it or of its range.</summary>
    public ChatErrorCode Find(int number)
    {
        if (_known.TryGetValue(new ChatErrorCode(number), out ChatErrorCode known))
        {
            return known;
        }

        foreach (ChatErrorRange range in Ranges)
        {
            if (number >= range.From && number <= range.To)
            {
                return new ChatErrorCode(number, range.Info);
            }
        }

        return new ChatErrorCode(number);
    }

    /// <summary>The code with this value, with what the schema says of it.</summary>
    public ChatErrorCode Find(string text) =>
        _known.TryGetValue(new ChatErrorCode(text), out ChatErrorCode known) ? known : new ChatErrorCode(text);
}
