namespace ChatGen.Generator.Model;

/// <summary>A schema with all that its outcome depends on, so that an edit of one schema re-reads it and its variants and no other.</summary>
internal sealed record LinkedSchema(SchemaInput Schema)
{
    /// <summary>The schemas of the project that it extends, the nearest first. A built-in schema, which may be the last, is not among them.</summary>
    public EquatableArray<SchemaInput> Bases { get; init; } = EquatableArray<SchemaInput>.Empty;

    /// <summary>The schemas of the project that it, its bases and these themselves refer to.</summary>
    public EquatableArray<DocumentLink> Documents { get; init; } = EquatableArray<DocumentLink>.Empty;

    /// <summary>Why what the last of them extends cannot be had; <see langword="null"/> if it can, or extends nothing.</summary>
    public BaseFault? Fault { get; init; }

    /// <summary>The file of the schema that has the namespace already.</summary>
    public string? TakenBy { get; init; }

    /// <summary>Namespaces of other schemas right below its own, where types of these names cannot be.</summary>
    public EquatableArray<NestedNamespace> Nested { get; init; } = EquatableArray<NestedNamespace>.Empty;
}
