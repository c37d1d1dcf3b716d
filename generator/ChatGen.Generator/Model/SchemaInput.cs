namespace ChatGen.Generator.Model;

/// <summary>One schema of the project, by value. <paramref name="Text"/> is <see langword="null"/> for the built-in schema.</summary>
internal sealed record SchemaInput(string Path, string? Text, string Namespace)
{
    /// <summary>Whether it gets a client of its own; if not, it is there to be extended.</summary>
    public bool Generates { get; init; } = true;

    /// <summary>Its own <c>$id</c>; <see langword="null"/> if it has none or the text breaks off before it.</summary>
    public string? Id { get; init; }

    /// <summary>What its <c>x-chat.extends</c> says; <see langword="null"/> if it does not, or not with a string.</summary>
    public string? Extends { get; init; }

    /// <summary>What its references name beside itself, up to their fragments, in order and each once.</summary>
    public EquatableArray<string> References { get; init; } = EquatableArray<string>.Empty;
}
