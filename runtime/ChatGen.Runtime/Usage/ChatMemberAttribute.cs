using System.ComponentModel;

namespace ChatGen;

/// <summary>What a member of a record is in JSON. For generated code.</summary>
[AttributeUsage(AttributeTargets.Property)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatMemberAttribute : Attribute
{
    /// <summary>Makes the attribute.</summary>
    /// <param name="name">The name in JSON.</param>
    public ChatMemberAttribute(string name) => Name = name;

    /// <summary>The name in JSON.</summary>
    public string Name { get; }

    /// <summary>The value of a member that nobody sets, as JSON; <see langword="null"/> if there is none.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the backend alone sets the member.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether an empty text stands for the default.</summary>
    public bool IsEmptyDefault { get; init; }

    /// <summary>Whether a time span is counted in milliseconds and not in seconds.</summary>
    public bool IsMilliseconds { get; init; }

    /// <summary>Whether starting and restoring a session ask for the same value.</summary>
    public bool IsSameAtRestore { get; init; }

    /// <summary>Members together with which this one has no effect.</summary>
    public string[] IgnoredWith { get; init; } = [];
}
