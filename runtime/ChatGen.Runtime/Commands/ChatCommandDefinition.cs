using System.Text.Json;

namespace ChatGen;

/// <summary>What the schema says of one operation.</summary>
/// <typeparam name="TOptions">The generated options record; <see cref="ChatNone"/> if there are none.</typeparam>
/// <typeparam name="TResult">The generated result record; <see cref="ChatNone"/> if there is none.</typeparam>
/// <param name="name">Name in the schema.</param>
/// <param name="writeMembers">Writes the members of the options that go on the wire; <see langword="null"/> if there are none.</param>
/// <param name="readResult">Reads the answer; <see langword="null"/> if there is nothing to read.</param>
/// <param name="findFile">Takes a file out of the options by its name in the schema; <see langword="null"/> if they have none.</param>
public sealed class ChatCommandDefinition<TOptions, TResult>(
    string name, ChatJsonWriter<TOptions>? writeMembers, ChatJsonReader<TResult>? readResult, Func<TOptions, string, ChatFile?>? findFile = null)
    where TOptions : class
    where TResult : class
{
    /// <summary>Name in the schema.</summary>
    public string Name { get; } = name;

    /// <summary>A call with these options.</summary>
    /// <param name="options">The options; <see langword="null"/> for a command that has none.</param>
    public ChatCommand With(TOptions? options) => new Call(Name, options, writeMembers, readResult, findFile);

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
