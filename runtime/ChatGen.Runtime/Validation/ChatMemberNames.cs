using System.ComponentModel;

namespace ChatGen;

/// <summary>How messages call options and their members, which have other names in JSON. For generated code. Immutable and thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChatMemberNames
{
    private readonly string[] _names;

    /// <summary>Makes names.</summary>
    /// <param name="type">The options.</param>
    /// <param name="names">For each member its name in JSON, then its name in C#.</param>
    public ChatMemberNames(string type, params string[] names)
    {
        Type = type;
        _names = names;
    }

    /// <summary>The options.</summary>
    public string Type { get; }

    /// <summary>The C# name of a member, or the name itself if the options have no such member.</summary>
    /// <param name="json">The name in JSON.</param>
    public string Of(string json)
    {
        for (int i = 0; i + 1 < _names.Length; i += 2)
        {
            if (_names[i] == json)
            {
                return _names[i + 1];
            }
        }

        return json;
    }
}
