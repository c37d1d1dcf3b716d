using System.ComponentModel;

namespace ChatGen;

/// <summary>The rules of a generated namespace, for the analyzer that checks how options are used. For generated code.</summary>
/// <remarks>It is metadata, so that types from another assembly are checked too.</remarks>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatSubschemasAttribute : Attribute
{
    /// <summary>Makes rules.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="subschemas">JSON texts: keywords as in JSON Schema, a subschema as the index of another text.</param>
    public ChatSubschemasAttribute(string ns, params string[] subschemas)
    {
        Namespace = ns;
        Subschemas = subschemas;
    }

    /// <summary>The namespace.</summary>
    public string Namespace { get; }

    /// <summary>JSON texts: keywords as in JSON Schema, a subschema as the index of another text.</summary>
    public IReadOnlyList<string> Subschemas { get; }
}
