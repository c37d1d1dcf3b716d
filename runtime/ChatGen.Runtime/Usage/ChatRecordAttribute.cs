using System.ComponentModel;

namespace ChatGen;

/// <summary>Which schema the values of a record are checked against. For generated code.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatRecordAttribute : Attribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="subschema">The index in the <see cref="ChatSubschemasAttribute"/> of the namespace.</param>
    /// <param name="definition">The name of the definition in the schema; <see langword="null"/> if the record is made of an inner schema.</param>
    public ChatRecordAttribute(int subschema, string? definition = null)
    {
        Subschema = subschema;
        Definition = definition;
    }

    /// <summary>The index in the <see cref="ChatSubschemasAttribute"/> of the namespace.</summary>
    public int Subschema { get; }

    /// <summary>The name of the definition in the schema; <see langword="null"/> if the record is made of an inner schema.</summary>
    public string? Definition { get; }

    /// <summary>Members of which one must be given; of those that go together, the names are joined by commas.</summary>
    public string[] Alternatives { get; init; } = [];

    /// <summary>Of the options that restore a session: those that start one.</summary>
    public Type? Start { get; init; }

    /// <summary>The operations that the record is the options of, by their C# names.</summary>
    public string[] Operations { get; init; } = [];
}
