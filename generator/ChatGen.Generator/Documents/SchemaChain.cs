using ChatGen.Generator.Model;

namespace ChatGen.Generator.Documents;

/// <summary>The text of a schema, and the chain of those that it extends.</summary>
internal sealed class SchemaChain
{
    private SchemaChain(SchemaText text, SchemaChain? next, BaseFault? fault, bool generates, EquatableArray<DocumentLink> documents)
    {
        Documents = documents;
        Text = text;
        Base = next;
        Fault = fault;
        Generates = generates;
    }

    public SchemaText Text { get; }

    /// <summary>What it extends; <see langword="null"/> if it extends nothing, or nothing that can be had.</summary>
    public SchemaChain? Base { get; }

    /// <summary>Why what it extends cannot be had.</summary>
    public BaseFault? Fault { get; }

    /// <summary>Whether it gets a client of its own.</summary>
    public bool Generates { get; }

    /// <summary>What it, its bases and these themselves refer to.</summary>
    public EquatableArray<DocumentLink> Documents { get; }

    public static SchemaChain BuiltIn(string name) => new(BuiltInSchemas.Find(name)!, null, null, generates: true, EquatableArray<DocumentLink>.Empty);

    public static SchemaChain Of(LinkedSchema schema)
    {
        SchemaInput[] inputs = [schema.Schema, .. schema.Bases];
        if (inputs[0].Text is null)
        {
            return BuiltIn(BuiltInSchemas.Default);
        }

        SchemaInput last = inputs[inputs.Length - 1];
        SchemaChain? chain = schema.Fault is null && last.Extends is { } name ? BuiltIn(name) : null;
        for (int i = inputs.Length - 1; i >= 0; i--)
        {
            var text = new SchemaText(inputs[i].Path, inputs[i].Text ?? "", isBuiltIn: false);
            chain = new SchemaChain(text, chain, i == inputs.Length - 1 ? schema.Fault : null, inputs[i].Generates, schema.Documents);
        }

        return chain!;
    }
}
