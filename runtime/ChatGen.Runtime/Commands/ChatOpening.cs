using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace ChatGen;

/// <summary>An operation that opens a session, start or restore, for code that knows no schema and gets the options as JSON.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class ChatOpening
{
    private protected ChatOpening(string operation, IReadOnlyList<string> clientMembers)
    {
        Operation = operation;
        ClientMembers = clientMembers;
    }

    /// <summary>The operation's name in C#, which is that of its section in a configuration: <c>StartSession</c>.</summary>
    public string Operation { get; }

    /// <summary>Members of the options, by their names in JSON, that are for the client itself and not for the backend, such as its address: nobody may set them who is not trusted with the client.</summary>
    public IReadOnlyList<string> ClientMembers { get; }

    /// <summary>Type of the options.</summary>
    public abstract Type OptionsType { get; }

    /// <summary>What a configuration holds of the options, as JSON that is not checked.</summary>
    /// <param name="configuration">The part of the configuration that holds them.</param>
    /// <returns>One object; empty if nothing is configured there.</returns>
    public abstract JsonObject ReadConfiguration(IConfiguration configuration);

    /// <summary>A call with options that are JSON; every rule of the schema is checked.</summary>
    /// <param name="utf8Json">One JSON object.</param>
    /// <param name="complete">Adds to the options what JSON cannot say or is not to say, before they are checked: gets and returns an object of <see cref="OptionsType"/>. <see langword="null"/> for nothing.</param>
    /// <param name="setup">What the options hold for the client itself; <see langword="null"/> if they break a rule.</param>
    /// <param name="command">The call; <see langword="null"/> if the options break a rule.</param>
    /// <param name="result">What is wrong.</param>
    /// <returns>Whether nothing is wrong.</returns>
    public abstract bool TryRead(
        ReadOnlySpan<byte> utf8Json,
        Func<object, object>? complete,
        [NotNullWhen(true)] out ChatSessionSetup? setup,
        [NotNullWhen(true)] out ChatCommand? command,
        out ChatValidationResult result);
}

/// <summary>An operation that opens a session.</summary>
/// <typeparam name="TOptions">The generated options record.</typeparam>
/// <param name="operation">The operation's name in C#.</param>
/// <param name="with">Makes the call.</param>
/// <param name="setupOf">Takes out of the options what they hold for the client itself, and what comes of checking them.</param>
/// <param name="clientMembers">The members that are for the client itself, by their names in JSON.</param>
public sealed class ChatOpening<TOptions>(string operation, Func<TOptions, ChatCommand> with, Func<TOptions, ChatSessionSetup> setupOf, params string[] clientMembers)
    : ChatOpening(operation, clientMembers)
    where TOptions : class, IChatOptions<TOptions>
{
    /// <inheritdoc/>
    public override Type OptionsType => typeof(TOptions);

    /// <inheritdoc/>
    public override JsonObject ReadConfiguration(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ConfigurationJson.Read(configuration, TOptions.ConfigurationShape) is { } json && JsonNode.Parse(json.Utf8) is JsonObject read ? read : [];
    }

    /// <inheritdoc/>
    public override bool TryRead(
        ReadOnlySpan<byte> utf8Json,
        Func<object, object>? complete,
        [NotNullWhen(true)] out ChatSessionSetup? setup,
        [NotNullWhen(true)] out ChatCommand? command,
        out ChatValidationResult result)
    {
        TOptions? options = complete is not null ? Complete(utf8Json, complete, out result)
            : TOptions.TryParse(utf8Json, out TOptions? parsed, out result) ? parsed
            : null;
        setup = options is null ? null : setupOf(options);
        command = options is null ? null : with(options);
        return options is not null;
    }

    private static TOptions? Complete(ReadOnlySpan<byte> utf8Json, Func<object, object> complete, out ChatValidationResult result)
    {
        TOptions options;
        try
        {
            var reader = new Utf8JsonReader(utf8Json);
            reader.Read();
            options = TOptions.ReadJson(ref reader);
        }
        catch (ChatJsonException exception)
        {
            result = new ChatValidationResult([new ChatValidationFailure(exception.ValuePath, exception.Keyword, exception.Words)]);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader says the latter of text that is no Unicode.
            result = new ChatValidationResult([new ChatValidationFailure("$", "json", $"The text is not JSON: {exception.Message}")]);
            return null;
        }

        options = complete(options) as TOptions ?? throw new InvalidOperationException($"The options of '{typeof(TOptions).Name}' were completed to null or to another type.");
        result = options.Validate();
        return result.IsValid ? options : null;
    }
}
