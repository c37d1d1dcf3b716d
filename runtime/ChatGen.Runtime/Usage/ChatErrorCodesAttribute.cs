using System.ComponentModel;

namespace ChatGen;

/// <summary>The error codes of a schema, for the analyzer that checks how codes are compared. For generated code.</summary>
/// <remarks>It is metadata of the assembly, so that codes from another assembly are found without a look at its types.</remarks>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatErrorCodesAttribute : Attribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="values">The class whose constants are the known codes.</param>
    /// <param name="ranges">The ranges of numeric codes that may come besides: the first and the last code of each in turn, both inclusive.</param>
    public ChatErrorCodesAttribute(Type values, params int[] ranges)
    {
        Values = values;
        Ranges = ranges;
    }

    /// <summary>The class whose constants are the known codes.</summary>
    public Type Values { get; }

    /// <summary>The ranges of numeric codes that may come besides: the first and the last code of each in turn, both inclusive.</summary>
    public IReadOnlyList<int> Ranges { get; }
}
