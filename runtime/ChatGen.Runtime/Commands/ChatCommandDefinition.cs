using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChatGen;

/// <summary>What the schema says of one operation, for code that knows no schema.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class ChatCommandDefinition
{
    private protected ChatCommandDefinition(string name) => Name = name;

    /// <summary>Name in the schema.</summary>
    public string Name { get; }

    /// <summary>Whether the operation has options.</summary>
    public abstract bool HasOptions { get; }

    /// <summary>Whether the command ends the session.</summary>
    public bool IsLeave { get; init; }

    /// <summary>Takes the rest of the history out of the result record of a command that ends the session; <see langword="null"/> if the schema has none.</summary>
    public Func<object, IReadOnlyList<ChatEvent>?>? EntriesOf { get; init; }

    /// <summary>A call with options that are JSON; every rule of the schema is checked.</summary>
    /// <param name="utf8Json">One JSON object; not read if there are no options.</param>
    /// <param name="command">The call; <see langword="null"/> if the options break a rule.</param>
    /// <param name="result">What is wrong.</param>
    /// <returns>Whether nothing is wrong.</returns>
    public abstract bool TryRead(ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out ChatCommand? command, out ChatValidationResult result);

    /// <summary>Writes a result as one JSON object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="result">The generated result record.</param>
    /// <exception cref="InvalidOperationException">The operation has no result that can be JSON.</exception>
    public abstract void WriteResult(Utf8JsonWriter writer, object result);
}

/// <summary>What the schema says of one operation.</summary>
/// <typeparam name="TOptions">The generated options record; <see cref="ChatNone"/> if there are none.</typeparam>
/// <typeparam name="TResult">The generated result record; <see cref="ChatNone"/> if there is none.</typeparam>
/// <param name="name">Name in the schema.</param>
/// <param name="writeMembers">Writes the members of the options that go on the wire; <see langword="null"/> if there are none.</param>
/// <param name="readResult">Reads the answer; <see langword="null"/> if there is nothing to read.</param>
/// <param name="findFile">Takes a file out of the options by its name in the schema; <see langword="null"/> if they have none.</param>
public sealed class ChatCommandDefinition<TOptions, TResult>(
    string name, ChatJsonWriter<TOptions>? writeMembers, ChatJsonReader<TResult>? readResult, Func<TOptions, string, ChatFile?>? findFile = null)
    : ChatCommandDefinition(name)
    where TOptions : class
    where TResult : class
{
    /// <inheritdoc/>
    public override bool HasOptions => writeMembers is not null;

    /// <summary>Reads and checks the options; <see langword="null"/> if there are none.</summary>
    public ChatOptionsParser<TOptions>? Parse { get; init; }

    /// <summary>Writes a result with the braces around it; <see langword="null"/> if there is none, or none that can be JSON.</summary>
    public ChatJsonWriter<TResult>? Write { get; init; }

    /// <summary>A call with these options.</summary>
    /// <param name="options">The options; <see langword="null"/> for a command that has none.</param>
    public ChatCommand With(TOptions? options) => new Call(Name, options, writeMembers, readResult, findFile);

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out ChatCommand? command, out ChatValidationResult result)
    {
        TOptions? options = null;
        result = default;
        bool isValid = Parse is null || Parse(utf8Json, out options, out result);
        command = isValid ? With(options) : null;
        return isValid;
    }

    /// <inheritdoc/>
    public override void WriteResult(Utf8JsonWriter writer, object result)
    {
        if (Write is null)
        {
            throw new InvalidOperationException($"The operation '{Name}' has no result that can be JSON.");
        }

        Write(writer, (TResult)result);
    }

    private sealed class Call(
        string name, TOptions? options, ChatJsonWriter<TOptions>? writeMembers, ChatJsonReader<TResult>? readResult, Func<TOptions, string, ChatFile?>? findFile)
        : ChatCommand(name, options)
    {
        public override bool HasResult => readResult is not null;

        public override ChatFile? FindFile(string name) => options is null ? null : findFile?.Invoke(options, name);

        public override void WriteMembers(Utf8JsonWriter writer)
        {
            if (options is not null)
            {
                writeMembers?.Invoke(writer, options);
            }
        }

        public override object? ReadResult(ReadOnlySpan<byte> utf8Json)
        {
            if (readResult is null)
            {
                return null;
            }

            var reader = new Utf8JsonReader(utf8Json);
            reader.Read();
            return readResult(ref reader);
        }
    }
}
