using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ChatGen;

/// <summary>Reads options from a configuration. Thread-safe; needs no reflection.</summary>
/// <remarks>
/// Keys are the names of the members in C# or in JSON, without regard to case. A time span is a number of seconds or milliseconds, as the schema says, and a value of an
/// enumeration is its text in JSON. Configuration holds only text: it becomes a number or a Boolean where the C# type is one, with all its digits, and a string elsewhere, so
/// also within a member of any shape. <c>null</c> is no value, as if the key were not there, unless the schema allows <c>null</c>. Keys of members that only code or the
/// backend can give have no effect.
/// </remarks>
public static class ChatConfigurationExtensions
{
    /// <summary>Reads options and checks every rule of the schema.</summary>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="configuration">The part of the configuration that holds them: <c>configuration.GetSection("Chat:StartSession")</c>.</param>
    /// <returns>The options as they are configured now; <see langword="null"/> if nothing is configured there.</returns>
    /// <exception cref="ChatValidationException">The options break the schema; the paths of its failures are those of the configuration, such as <c>Chat:StartSession:ServerUrl</c>.</exception>
    public static T? GetChatOptions<T>(this IConfiguration configuration)
        where T : class, IChatOptions<T>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ConfigurationJson.Read(configuration, T.ConfigurationShape) is { } json ? Parse<T>(json) : null;
    }

    /// <summary>Reads options, lets code complete them, and then checks every rule of the schema.</summary>
    /// <remarks>
    /// For what only code can give, such as a transport or a logger: <c>section.GetChatOptions&lt;StartSessionOptions&gt;(options => options with { Transport = transport })</c>.
    /// Members that C# requires must be configured all the same.
    /// </remarks>
    /// <typeparam name="T">The options.</typeparam>
    /// <param name="configuration">The part of the configuration that holds them.</param>
    /// <param name="complete">Adds what is not configured. It is not called if nothing is configured at all.</param>
    /// <returns>The options; <see langword="null"/> if nothing is configured there.</returns>
    /// <exception cref="ChatValidationException">The completed options break the schema; the paths of its failures are those of the configuration.</exception>
    public static T? GetChatOptions<T>(this IConfiguration configuration, Func<T, T> complete)
        where T : class, IChatOptions<T>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(complete);
        return ConfigurationJson.Read(configuration, T.ConfigurationShape) is { } json ? Complete(json, complete) : null;
    }

    /// <summary>Reads options as <see cref="GetChatOptions{T}(IConfiguration)"/> does, but where nothing is configured, as if an empty object were.</summary>
    /// <remarks>So nothing yields the defaults, or a failure for each member that must be there.</remarks>
    /// <inheritdoc cref="GetChatOptions{T}(IConfiguration)"/>
    /// <param name="configuration">The part of the configuration that holds them.</param>
    /// <returns>The options as they are configured now.</returns>
    public static T GetRequiredChatOptions<T>(this IConfiguration configuration)
        where T : class, IChatOptions<T>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Parse<T>(ConfigurationJson.Read(configuration, T.ConfigurationShape) ?? ConfigurationJson.Empty(configuration));
    }

    /// <summary>Reads options as <see cref="GetChatOptions{T}(IConfiguration, Func{T, T})"/> does, but where nothing is configured, as if an empty object were.</summary>
    /// <remarks>So code can complete what is not configured at all.</remarks>
    /// <inheritdoc cref="GetChatOptions{T}(IConfiguration, Func{T, T})"/>
    /// <param name="configuration">The part of the configuration that holds them.</param>
    /// <param name="complete">Adds what is not configured.</param>
    /// <returns>The options.</returns>
    public static T GetRequiredChatOptions<T>(this IConfiguration configuration, Func<T, T> complete)
        where T : class, IChatOptions<T>
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(complete);
        return Complete(ConfigurationJson.Read(configuration, T.ConfigurationShape) ?? ConfigurationJson.Empty(configuration), complete);
    }

    private static T Parse<T>(ConfigurationJson json)
        where T : class, IChatOptions<T> =>
        T.TryParse(json.Utf8, out T? options, out ChatValidationResult result) ? options : throw Failure(json, result.Failures);

    private static T Complete<T>(ConfigurationJson json, Func<T, T> complete)
        where T : class, IChatOptions<T>
    {
        T options = complete(Read<T>(json)) ?? throw new InvalidOperationException("The options were completed to null.");
        ChatValidationResult result = options.Validate();
        return result.IsValid ? options : throw Failure(json, result.Failures);
    }

    private static T Read<T>(ConfigurationJson json)
        where T : class, IChatOptions<T>
    {
        var reader = new Utf8JsonReader(json.Utf8);
        reader.Read();
        try
        {
            return T.ReadJson(ref reader);
        }
        catch (ChatJsonException exception)
        {
            throw Failure(json, [new ChatValidationFailure(exception.ValuePath, exception.Keyword, exception.Words)]);
        }
    }

    private static ChatValidationException Failure(ConfigurationJson json, IEnumerable<ChatValidationFailure> failures) => new([.. failures.Select(json.Locate)]);
}
