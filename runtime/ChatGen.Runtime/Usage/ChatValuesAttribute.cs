using System.ComponentModel;

namespace ChatGen;

/// <summary>The values of an enumeration in JSON, in its order. For generated code.</summary>
[AttributeUsage(AttributeTargets.Enum)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatValuesAttribute : Attribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="values">The values.</param>
    public ChatValuesAttribute(params string[] values) => Values = values;

    /// <summary>The values.</summary>
    public IReadOnlyList<string> Values { get; }
}
