using System.ComponentModel;

namespace ChatGen;

/// <summary>Which options the parameters of a method become. For generated code.</summary>
[AttributeUsage(AttributeTargets.Method)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatCommandAttribute : Attribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="options">The options.</param>
    /// <param name="members">The member of the options that each of the first parameters becomes.</param>
    public ChatCommandAttribute(Type options, params string[] members)
    {
        Options = options;
        Members = members;
    }

    /// <summary>The options.</summary>
    public Type Options { get; }

    /// <summary>The member of the options that each of the first parameters becomes.</summary>
    public IReadOnlyList<string> Members { get; }
}
