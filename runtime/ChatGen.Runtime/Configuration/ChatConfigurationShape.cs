using System.ComponentModel;

namespace ChatGen;

/// <summary>What kind of JSON a value of a C# type is, so that the text of a configuration can become it. For generated code. Immutable, so thread-safe.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChatConfigurationShape
{
    private protected ChatConfigurationShape()
    {
    }

    /// <summary>A string.</summary>
    public static ChatConfigurationShape Text { get; } = new Leaf();

    /// <summary>A number.</summary>
    public static ChatConfigurationShape Number { get; } = new Leaf();

    /// <summary>A Boolean.</summary>
    public static ChatConfigurationShape Boolean { get; } = new Leaf();

    /// <summary>A value of any kind: its scalars are strings.</summary>
    public static ChatConfigurationShape Any { get; } = new Leaf();

    /// <summary>An object of any kind: its scalars are strings.</summary>
    public static ChatConfigurationShape AnyObject { get; } = new Leaf();

    /// <summary>What cannot be configured, such as what exists only in the process.</summary>
    public static ChatConfigurationShape Ignored { get; } = new Leaf();

    /// <summary>A value that may be <c>null</c>.</summary>
    /// <param name="value">Its shape if it is not.</param>
    public static ChatConfigurationShape Nullable(ChatConfigurationShape value) => new NullableShape(value);

    /// <summary>An array.</summary>
    /// <param name="item">The shape of an item.</param>
    public static ChatConfigurationShape List(ChatConfigurationShape item) => new ListShape(item);

    /// <summary>An object whose members all have one shape.</summary>
    /// <param name="value">The shape of a member's value.</param>
    public static ChatConfigurationShape Dictionary(ChatConfigurationShape value) => new DictionaryShape(value);

    /// <summary>Other options, which say their shape themselves.</summary>
    /// <typeparam name="T">The options.</typeparam>
    public static ChatConfigurationShape Options<T>()
        where T : class, IChatOptions<T> => OptionsShape<T>.Instance;

    /// <summary>An object with known members.</summary>
    /// <param name="members">For each member its name in JSON, its name in C# and its shape.</param>
    public static ChatConfigurationShape Members(params (string Json, string Name, ChatConfigurationShape Shape)[] members) => new ObjectShape(members);

    /// <summary>One of several objects.</summary>
    /// <param name="discriminator">The JSON name of the member that says which.</param>
    /// <param name="cases">For each object the member's value and the object's shape.</param>
    public static ChatConfigurationShape OneOf(string discriminator, params (string Value, ChatConfigurationShape Shape)[] cases) => new OneOfShape(discriminator, cases);

    /// <summary>The shape behind a name.</summary>
    internal virtual ChatConfigurationShape Resolved => this;

    /// <summary>The shape behind a name, of a value that is not <c>null</c>.</summary>
    internal ChatConfigurationShape Unwrapped => Resolved is NullableShape nullable ? nullable.Value.Unwrapped : Resolved;

    /// <summary>The member whose name in JSON a path goes on with; null if there is none, or if members have no names of their own.</summary>
    /// <param name="path">The rest of a JSON path, which begins with a name.</param>
    internal virtual (string Json, string Name, ChatConfigurationShape Shape)? FindAt(ReadOnlySpan<char> path) => null;

    internal sealed class NullableShape(ChatConfigurationShape value) : ChatConfigurationShape
    {
        public ChatConfigurationShape Value { get; } = value;
    }

    internal sealed class ListShape(ChatConfigurationShape item) : ChatConfigurationShape
    {
        public ChatConfigurationShape Item { get; } = item;
    }

    internal sealed class DictionaryShape(ChatConfigurationShape value) : ChatConfigurationShape
    {
        public ChatConfigurationShape Value { get; } = value;
    }

    internal sealed class ObjectShape((string Json, string Name, ChatConfigurationShape Shape)[] members) : ChatConfigurationShape
    {
        /// <summary>The member that a key names, by its name in JSON or in C#, without regard to case; null if there is none.</summary>
        public (string Json, string Name, ChatConfigurationShape Shape)? Find(string key) =>
            Find(member => member.Json == key) ?? Find(member => Same(member.Json, key)) ?? Find(member => Same(member.Name, key));

        internal override (string Json, string Name, ChatConfigurationShape Shape)? FindAt(ReadOnlySpan<char> path)
        {
            foreach ((string Json, string Name, ChatConfigurationShape Shape) member in members)
            {
                if (path.StartsWith(member.Json, StringComparison.Ordinal) && (path.Length == member.Json.Length || path[member.Json.Length] is '.' or '['))
                {
                    return member;
                }
            }

            return null;
        }

        private (string Json, string Name, ChatConfigurationShape Shape)? Find(Predicate<(string Json, string Name, ChatConfigurationShape Shape)> isIt) =>
            Array.FindIndex(members, isIt) is >= 0 and int found ? members[found] : null;

        private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }

    internal sealed class OneOfShape(string discriminator, (string Value, ChatConfigurationShape Shape)[] cases) : ChatConfigurationShape
    {
        public string Discriminator { get; } = discriminator;

        /// <summary>The object that a value of the discriminator stands for; of no known one, only the discriminator.</summary>
        public ChatConfigurationShape Find(string? value) =>
            Array.FindIndex(cases, each => each.Value == value) is >= 0 and int found ? cases[found].Shape.Resolved : Members((Discriminator, Discriminator, Text));

        // Which object it is does not matter much: a name that several have is mostly the same in C#.
        internal override (string Json, string Name, ChatConfigurationShape Shape)? FindAt(ReadOnlySpan<char> path)
        {
            foreach ((_, ChatConfigurationShape shape) in cases)
            {
                if (shape.Resolved.FindAt(path) is { } found)
                {
                    return found;
                }
            }

            return null;
        }
    }

    private sealed class Leaf : ChatConfigurationShape;

    // Options may hold options of their own kind, so a shape is asked for when it is needed.
    private sealed class OptionsShape<T> : ChatConfigurationShape
        where T : class, IChatOptions<T>
    {
        public static OptionsShape<T> Instance { get; } = new();

        internal override ChatConfigurationShape Resolved => T.ConfigurationShape.Resolved;
    }
}
