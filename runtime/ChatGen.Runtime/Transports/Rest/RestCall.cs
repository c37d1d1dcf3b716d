using ChatGen.Rest;

namespace ChatGen;

/// <summary>A request of the schema's mapping with the values of its placeholders.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RestCall
{
    internal RestCall(RestRequestMapping request, ITemplateScope scope)
    {
        Mapping = request;
        Scope = scope;
    }

    /// <summary>Name of the request in the schema.</summary>
    public string Request => Mapping.Name;

    internal RestRequestMapping Mapping { get; }

    internal ITemplateScope Scope { get; }

    /// <summary>Whether the backend holds the request until it has something to tell.</summary>
    public bool IsLongPoll { get; internal init; }

    /// <summary>The value of a placeholder as text, such as <c>chatId</c> or <c>options.message</c>; <see langword="null"/> if it has none. It may be a secret.</summary>
    public string? Find(string placeholder)
    {
        ArgumentException.ThrowIfNullOrEmpty(placeholder);
        return TemplateSyntax.Parse($"{{{placeholder}}}", out _)?.Single is { Filters.Count: 0 } source ? Scope.Find(source).Text : null;
    }

    /// <summary>The request's name.</summary>
    public override string ToString() => Request;
}
