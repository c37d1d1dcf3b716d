namespace ChatGen.Differential.Generation;

/// <summary>What instances a subschema mostly speaks of.</summary>
internal enum SchemaKind
{
    Object,
    Array,
    String,
    Number,

    /// <summary>A Boolean or null.</summary>
    Other,
}
