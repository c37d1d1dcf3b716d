using System.ComponentModel;

namespace ChatGen;

/// <summary>Generated records whose other part has a constructor without parameters, which metadata does not tell from the compiler's. For generated code.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatConstructorsAttribute : Attribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="records">The records, with their namespaces.</param>
    public ChatConstructorsAttribute(params string[] records) => Records = records;

    /// <summary>The records, with their namespaces.</summary>
    public IReadOnlyList<string> Records { get; }
}
