using System.Text.Json;

namespace ChatGen;

/// <summary>One call of an operation of the schema: a start, a restore or a session command, with its options.</summary>
/// <remarks>Immutable; the options must not change while the call is under way.</remarks>
public abstract class ChatCommand
{
    private protected ChatCommand(string name, object? options)
    {
        Name = name;
        Options = options;
    }

    /// <summary>Name in the schema: <c>sendMessage</c>.</summary>
    public string Name { get; }

    /// <summary>The generated options record; <see langword="null"/> for a command that has none.</summary>
    public object? Options { get; }

    /// <summary>Whether the operation has a result.</summary>
    public abstract bool HasResult { get; }

    /// <summary>A file of the options by its name in the schema; <see langword="null"/> if there is none.</summary>
    public abstract ChatFile? FindFile(string name);

    /// <summary>Writes the members of the options that go on the wire, without the braces around them.</summary>
    /// <param name="writer">Stands within an object.</param>
    public abstract void WriteMembers(Utf8JsonWriter writer);

    /// <summary>Reads the answer.</summary>
    /// <param name="utf8Json">One JSON object; members that the schema does not know are passed over.</param>
    /// <returns>The generated result record; <see langword="null"/> for a command that has none.</returns>
    /// <exception cref="JsonException">The answer breaks the schema.</exception>
    public abstract object? ReadResult(ReadOnlySpan<byte> utf8Json);
}
