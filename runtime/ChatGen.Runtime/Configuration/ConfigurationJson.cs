using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace ChatGen;

/// <summary>A part of a configuration as JSON, and where in the configuration each value of that JSON stands.</summary>
internal sealed class ConfigurationJson
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private readonly Dictionary<string, string> _places;

    private ConfigurationJson(ReadOnlyMemory<byte> utf8, Dictionary<string, string> places)
    {
        _utf8 = utf8;
        _places = places;
    }

    /// <summary>The JSON in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8.Span;

    /// <summary>Reads a part of a configuration; null if nothing is configured there.</summary>
    public static ConfigurationJson? Read(IConfiguration configuration, ChatConfigurationShape shape)
    {
        string? value = (configuration as IConfigurationSection)?.Value;
        string path = PathOf(configuration);
        var entry = new ConfigurationEntry(configuration, value, path);
        if (entry.Children.Count == 0 && string.IsNullOrEmpty(value))
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            new ConfigurationJsonWriter(writer, places).Write(entry, shape, "$");
        }

        return new ConfigurationJson(buffer.WrittenMemory, places);
    }

    /// <summary>What stands for a part of a configuration in which nothing is configured.</summary>
    public static ConfigurationJson Empty(IConfiguration configuration) =>
        new("{}"u8.ToArray(), new Dictionary<string, string>(StringComparer.Ordinal) { ["$"] = PathOf(configuration) });

    /// <summary>A failure whose path is that of the configuration.</summary>
    public ChatValidationFailure Locate(ChatValidationFailure failure)
    {
        string path = failure.Path;
        string? place;
        while (!_places.TryGetValue(path, out place))
        {
            path = path[..Math.Max(1, path.LastIndexOfAny(['.', '[']))];
        }

        // What is not configured has no place, but would have this one.
        string rest = failure.Path[path.Length..].Replace('.', ':').Replace('[', ':').Replace("]", "", StringComparison.Ordinal);
        return failure with { Path = place.Length == 0 ? rest.TrimStart(':') : place + rest };
    }

    private static string PathOf(IConfiguration configuration) => (configuration as IConfigurationSection)?.Path ?? "";
}
